package dev.playlistlake.io.spotify.users;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays of an answer whose users are not to be shown. */
class UserJsonTest {
  private static final byte[] SALT =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** By OpenSSL: the first half of the HMAC-SHA256 of {@code ann} under that salt. */
  private static final String ANN = "sha256:07db5b4bba5fef53c763f1a9cb1ae82c";

  private static final String USER =
      "{'type':'user','id':'ann','uri':'spotify:user:ann','display_name':'Zoë','images':[{'url':'u'}],"
          + "'href':'https://api.spotify.com/v1/users/ann','external_urls':{'spotify':'https://open.spotify.com/user/ann'},"
          + "'followers':{'href':null,'total':7},'account_id':'ann7','email':'a@b'}";

  private final UserJson hash = new UserJson(new UserPseudonyms(UserIdMode.HASH, SALT));
  private final UserJson drop = new UserJson(new UserPseudonyms(UserIdMode.DROP, null));

  @Test
  void keepingLeavesTheAnswerItself() {
    String body = json("{'owner':" + USER + "} junk");
    assertThat(
        new UserJson(new UserPseudonyms(UserIdMode.KEEP, null)).clean(body),
        is(sameInstance(body)));
  }

  @Test
  void ofAUserNothingStaysButTypeIdAndName() {
    String left =
        "{'type':'user','id':%s,'uri':null,'display_name':'Zoë','images':null,'href':null,"
            + "'external_urls':null,'followers':null,'account_id':null,'email':null}";
    for (String around :
        new String[] {"{'owner':%s}", "{'added_by':%s}", "[[{'x':{'y':%s}}]]", "%s"}) {
      assertThat(
          hash.clean(json(around.formatted(USER))),
          is(json(around.formatted(left.formatted("'" + ANN + "'")))));
      assertThat(
          drop.clean(json(around.formatted(USER))),
          is(json(around.formatted(left.formatted("null")))));
    }
  }

  /** Each with what is left of it under drop. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'added_by':'ann'}                            | {'added_by':null}",
        "{'added_by':17e3 }                            | {'added_by':null }",
        "{'added_by': ['ann',{'id':'ann'}] ,'a':1}     | {'added_by': null ,'a':1}",
        "{'added_by':true}                             | {'added_by':null}",
        "{'added_by':null}                             | {'added_by':null}",
        "{'added_by':{}}                               | {'added_by':{}}",
        "{'added_by':{'id':12345}}                     | {'added_by':{'id':null}}",
        "{'added_by':{'id':''}}                        | {'added_by':{'id':''}}",
        "{'added_by':{'type':'ann'}}                   | {'added_by':{'type':null}}",
        "{'added_by':{'id':'a','id':'b'}}              | {'added_by':{'id':null,'id':null}}",
        "{'owner':{'id':'a'},'owner':{'id':'b'}}       | {'owner':{'id':null},'owner':{'id':null}}",
        "{'\\u006fwner':{'\\u0069d':'a'}}              | {'\\u006fwner':{'\\u0069d':null}}",
        "{'id':'a','type':'user'}                      | {'id':null,'type':'user'}",
        "{'id':'a','type':'user','type':'track'}       | {'id':null,'type':'user','type':null}",
        "{'id':'a','type':'artist'}                    | {'id':'a','type':'artist'}",
        "{'owner':{'display_name':'ANN','id':'ann'}}   | {'owner':{'display_name':null,'id':null}}",
        "{'owner':{'display_name':' ann!','id':'Ann'}} | {'owner':{'display_name':null,'id':null}}",
        "{'owner':{'display_name':'Ann','id':'an7'}}   | {'owner':{'display_name':'Ann','id':null}}",
        "{'owner':{'display_name':['ann'],'id':'a'}}   | {'owner':{'display_name':null,'id':null}}",
        "{'owner':{'o':{'id':'a','type':'user'}}}      | {'owner':{'o':null}}",
        // Links that name a user.
        "{'href':'https://api.spotify.com/v1/users/ann/playlists/p?a=b'} | {'href':'https://api.spotify.com/v1/playlists/p?a=b'}",
        "{'next':'https://api.spotify.com/v1/users/ann/playlists?offset=50'} | {'next':'https://api.spotify.com/v1/playlists?offset=50'}",
        "{'external_urls':{'spotify':'http://open.spotify.com/user/ann/playlist/p'}} | {'external_urls':{'spotify':'http://open.spotify.com/playlist/p'}}",
        "{'uri':'spotify:user:ann:playlist:p'}         | {'uri':'spotify:playlist:p'}",
        "{'uri':'spotify:user:ann'}                    | {'uri':null}",
        "{'href':'https://api.spotify.com/v1/users/ann'} | {'href':null}",
        "{'href':'https://api.spotify.com/v1/users/ann?x'} | {'href':null}",
        "{'a':['https://open.spotify.com/user/ann/']}  | {'a':[null]}",
        "{'uri':'https:\\/\\/open.spotify.com\\/user\\/a\\\\n\\\"\\/playlist\\/p\\t'} | {'uri':'https://open.spotify.com/playlist/p\\t'}",
        // And others.
        "{'href':'https://api.spotify.com/v1/playlists/p'} | {'href':'https://api.spotify.com/v1/playlists/p'}",
        "{'uri':'spotify:track:t'}                     | {'uri':'spotify:track:t'}",
        "{'name':'spotify:user:ann'}                   | {'name':'spotify:user:ann'}",
        "{'description':'https://open.spotify.com/user/ann'} | {'description':'https://open.spotify.com/user/ann'}",
      })
  void dropsWhatTellsAUser(String body, String left) {
    String once = drop.clean(json(body));
    assertThat(once, is(json(left)));
    assertThat(drop.clean(once), is(once));
    // The hash of what is hashed is itself.
    String hashed = hash.clean(json(body));
    assertThat(hash.clean(hashed), is(hashed));
  }

  @Test
  void allElseStaysToTheLetter() {
    String body =
        " {\"a\" : 1.50E+0400,\n\t\"b\":123456789012345678901234567890.10, \"c\":\"\\ud83c\\u00e9 é 🎵 \\ud800\","
            + "\"\":[ ] ,\"a\":-0, \"d\":[true ,false, null,{}]}\r\n";
    assertThat(drop.clean(body), is(body));
    assertThat(
        drop.clean("[" + body + json(",{'owner' : {'id':'é🎵' , 'n':1} },") + body.strip() + "]"),
        is("[" + body + json(",{'owner' : {'id':null , 'n':null} },") + body.strip() + "]"));
  }

  /** Where the parser's buffer would end matters to nobody. */
  @Test
  void longAnswersAreCleanedAlike() {
    for (int length = 3_990; length < 4_010; length++) {
      String pad = "x".repeat(length);
      String body =
          json(
              "{'p':'"
                  + pad
                  + "','owner':{'p':'"
                  + pad
                  + "','id':'ann','n':123.0},'z':'"
                  + pad.repeat(10)
                  + "'}");
      String left =
          json(
              "{'p':'"
                  + pad
                  + "','owner':{'p':null,'id':null,'n':null},'z':'"
                  + pad.repeat(10)
                  + "'}");
      assertThat(drop.clean(body).equals(left), is(true));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        "<html>ann</html>",
        "{'owner':{'id':'ann'}",
        "{'owner':{'id':'ann",
        "[{'a':1},{'id':'ann'},",
        "{'owner':{'id':ann}}",
        "'ann'",
        "17",
        "null",
        "\u0000",
        "[not shown]",
        "]ann",
        "{'a':'ann\n'}"
      })
  void ofWhatIsNoJsonNothingIsShown(String body) {
    assertThat(drop.clean(json(body)), is("[not shown]"));
    assertThat(hash.clean(json(body)), is("[not shown]"));
  }

  @Test
  void whatFollowsAnObjectIsNotShown() {
    assertThat(
        drop.clean(json("{'error':{'reason':'QUOTA_EXCEEDED'},'owner':'ann'} ann")),
        is(json("{'error':{'reason':'QUOTA_EXCEEDED'},'owner':null}[not shown]")));
    assertThat(
        drop.clean(json("{'owner':'ann'}{'owner':'ann")), is(json("{'owner':null}[not shown]")));
    assertThat(drop.clean(json("{'owner':'ann'}\n[]")), is(json("{'owner':null}\n[]")));
    assertThat(drop.clean("  "), is("  "));
    assertThat(drop.clean(""), is(""));
  }

  /** No recursion, and no time that grows with the square. */
  @ParameterizedTest
  @ValueSource(strings = {"a.", "https://a.b/", "a/", "spotify.com/", "spotify:user", "%"})
  void longTextsAreReadInNoTime(String part) {
    String body = "{\"a\":\"https://" + part.repeat(200_000) + "\"}";
    assertThat(drop.clean(body).equals(body), is(true));
    String bare = "{\"a\":\"" + part.repeat(200_000) + "\"}";
    assertThat(drop.clean(bare).equals(bare), is(true));
  }

  @Test
  void whatIsTooDeepToBeReadIsNotShown() {
    String deep = "[".repeat(100_000) + "\"ann\"" + "]".repeat(100_000);
    assertThat(drop.clean(deep), is("[not shown]"));
  }

  @Test
  void anotherLakeHashesOtherwise() {
    byte[] other = SALT.clone();
    other[31]++;
    String hashed =
        new UserJson(new UserPseudonyms(UserIdMode.HASH, other))
            .clean(json("{'owner':{'id':'ann'}}"));
    assertThat(hashed, containsString("sha256:"));
    assertThat(hashed, not(containsString(ANN)));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
