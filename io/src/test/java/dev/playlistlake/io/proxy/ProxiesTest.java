package dev.playlistlake.io.proxy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final URI API = URI.create("https://api.spotify.com");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTPS_PROXY=http://p:3128                              | p:3128",
        "https_proxy=http://p:3128/                             | p:3128",
        "HTTPS_PROXY=http://no:1;https_proxy=http://p:3128      | p:3128",
        "HTTPS_PROXY=http://no:1;https_proxy=                   | -",
        "HTTPS_PROXY=p                                          | p:80",
        "HTTPS_PROXY=https://p                                  | p:443",
        "HTTPS_PROXY=http://[2001:DB8::1]:8080                  | [2001:DB8::1]:8080",
        "HTTPS_PROXY='http://p:3128'                            | p:3128",
        "HTTPS_PROXY=\"p:3128\"                                 | p:3128",
        "HTTP_PROXY=http://p:3128                               | -",
        "HTTPS_PROXY=                                           | -",
        "-Dhttps.proxyHost=p                                    | p:443",
        "-Dhttps.proxyHost=p;-Dhttps.proxyPort=8080             | p:8080",
        "-Dhttps.proxyHost=p;HTTPS_PROXY=no:1                   | p:443",
        "-Dhttps.proxyHost=::1                                  | [::1]:443",
        "-Dhttp.proxyHost=p                                     | -",
        "''                                                     | -",
      })
  void theProxyForHttps(String settings, String address) throws Exception {
    assertThat(at(settings, API), is(address));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http_proxy=http://p:3128               | p:3128",
        "HTTP_PROXY=p:3128                      | p:3128",
        "HTTPS_PROXY=p:3128                     | -",
        "-Dhttp.proxyHost=p                     | p:80",
        "-Dhttp.proxyHost=p;-Dhttp.proxyPort=81 | p:81",
      })
  void theProxyForHttp(String settings, String address) throws Exception {
    assertThat(at(settings, URI.create("http://api.test:8080")), is(address));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user:secret         | user/secret",
        "user                | user/",
        "us%20er:s%40c%3Are% | us er/s%40c%3Are%",
        "us%20er:s%40c%3A+   | us er/s@c:+",
        "user:s@cr:et#/      | user/s@cr:et#/",
      })
  void userAndPasswordAreTakenFromTheUrl(String login, String known) throws Exception {
    ProxyServer server = of("HTTPS_PROXY=http://" + login + "@p:3128").to(API).orElseThrow();
    assertThat(server.user() + "/" + server.password(), is(known));
    assertThat(server.address(), is("p:3128"));
    assertThat(server.toString(), not(containsString(String.valueOf(server.user()))));
  }

  @Test
  void javasPropertiesHaveUserAndPasswordToo() throws Exception {
    ProxyServer server =
        of("-Dhttps.proxyHost=p;-Dhttps.proxyUser=u@x;-Dhttps.proxyPassword=a%b")
            .to(API)
            .orElseThrow();
    assertThat(server.user() + "/" + server.password(), is("u@x/a%b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                              | https://api.spotify.com  | true",
        "spotify.com                    | https://api.spotify.com  | true",
        ".spotify.com                   | https://api.spotify.com  | true",
        "*.spotify.com                  | https://api.spotify.com  | true",
        "a.test, API.Spotify.COM        | https://api.spotify.com  | true",
        "a.test b.test                  | https://b.test           | true",
        "otify.com                      | https://api.spotify.com  | false",
        "spotify.com                    | https://notspotify.com   | false",
        "api.spotify.com:443            | https://api.spotify.com  | true",
        "api.spotify.com:8443           | https://api.spotify.com  | false",
        "spotify.com:8443               | https://a.spotify.com:8443 | true",
        "10.1.2.3                       | https://10.1.2.3         | true",
        "10.1.2.3:8080                  | http://10.1.2.3:8080     | true",
        "2.3                            | https://10.1.2.3         | false",
        "10.0.0.0/8                     | https://10.1.2.3         | true",
        "10.0.0.0/8                     | https://11.1.2.3         | false",
        "10.0.0.0/99                    | https://10.1.2.3         | false",
        "fd00::/8                       | https://[fd12::1]        | true",
        "fd12:0::1                      | https://[fd12::1]        | true",
        "[fd12::1]:8080                 | https://[fd12::1]        | false",
        "[fd12::1]                      | https://[fd12::1]        | true",
        "'.,,: :7 []'                   | https://api.spotify.com  | false",
      })
  void hostsWithoutAProxy(String noProxy, String url, boolean direct) throws Exception {
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "p:1", "HTTP_PROXY", "p:1", "NO_PROXY", noProxy);
    Proxies proxies = new Proxies(environment::get, name -> null);
    assertThat(proxies.to(URI.create(url)).isEmpty(), is(direct));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "*.spotify.com               # true",
        "a.test|api.spotify.com      # true",
        "API.*                       # true",
        "spotify.com                 # false",
        "localhost|127.*             # false",
      })
  void javasHostsWithoutAProxy(String hosts, boolean direct) throws Exception {
    String java = "-Dhttps.proxyHost=p;-Dhttp.nonProxyHosts=" + hosts;
    assertThat(of(java).to(API).isEmpty(), is(direct));
    assertThat(of("HTTPS_PROXY=p;-Dhttp.nonProxyHosts=" + hosts).to(API).isEmpty(), is(direct));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "http://127.9.9.9",
        "https://localhost",
        "https://LOCALHOST:8443",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]",
      })
  void thisMachineIsReachedDirectlyUnlessAskedFor(String url) throws Exception {
    String set = "HTTP_PROXY=p:1;HTTPS_PROXY=p:1;";
    assertThat(at(set, URI.create(url)), is("-"));
    assertThat(at(set + "-Dhttp.nonProxyHosts=a.test", URI.create(url)), is("-"));
    assertThat(at(set + "-Dhttp.nonProxyHosts=", URI.create(url)), is("p:1"));
  }

  /** One sentence with the setting's name; what it holds may be a password. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTPS_PROXY=socks5://s3cret:s3cret@p:1080     | HTTPS_PROXY",
        "https_proxy=http://s3cret:s3cret@p:port       | https_proxy",
        "HTTPS_PROXY=http://s3cret:s3cret@p:0          | HTTPS_PROXY",
        "HTTPS_PROXY=http://s3cret:s3cret@p:65536      | HTTPS_PROXY",
        "HTTPS_PROXY=http://s3cret:s3cret@             | HTTPS_PROXY",
        "HTTPS_PROXY=http://s3cret p                   | HTTPS_PROXY",
        "-Dhttps.proxyHost=s3cret@p                    | -Dhttps.proxyHost",
        "-Dhttps.proxyHost=p;-Dhttps.proxyPort=s3cret  | -Dhttps.proxyHost",
      })
  void aWrongSettingIsNamed(String settings, String name) {
    ProxyException e = assertThrows(ProxyException.class, () -> of(settings).to(API));
    assertThat(e.getMessage(), allOf(startsWith(name), not(containsString("s3cret"))));
  }

  @Test
  void aWrongSettingThatIsNotNeededDoesNoHarm() throws Exception {
    assertThat(at("HTTPS_PROXY=socks5://p;NO_PROXY=*", API), is("-"));
    assertThat(at("HTTP_PROXY=socks5://p", API), is("-"));
    assertThat(at("HTTPS_PROXY=socks5://p", URI.create("https://127.0.0.1:8443")), is("-"));
  }

  private static String at(String settings, URI url) throws ProxyException {
    Optional<ProxyServer> server = of(settings).to(url);
    return server.map(ProxyServer::address).orElse("-");
  }

  private static Proxies of(String settings) {
    Map<String, String> values = new HashMap<>();
    Arrays.stream(settings.split(";"))
        .filter(setting -> setting.contains("="))
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> values.put(setting[0], setting[1]));
    return new Proxies(values::get, name -> values.get("-D" + name));
  }
}
