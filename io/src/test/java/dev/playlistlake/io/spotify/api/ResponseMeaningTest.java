package dev.playlistlake.io.spotify.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.spotify.api.ResponseMeaning.Kind;
import dev.playlistlake.model.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseMeaningTest {
  @ParameterizedTest
  @CsvSource({
    "200, OK,",
    "201, REFUSED, MALFORMED_ANSWER",
    "302, RETRY, MALFORMED_ANSWER",
    "307, RETRY, MALFORMED_ANSWER",
    "304, REFUSED, MALFORMED_ANSWER",
    "400, REFUSED, MALFORMED_ANSWER",
    "401, TOKEN, MALFORMED_ANSWER",
    "403, REFUSED, FORBIDDEN",
    "404, REFUSED, NOT_FOUND",
    "408, RETRY, TIMEOUT",
    "407, RETRY, MALFORMED_ANSWER",
    "410, REFUSED, MALFORMED_ANSWER",
    "425, RETRY, TIMEOUT",
    "429, RATE_LIMIT, RATE_LIMITED",
    "500, RETRY, SERVER_ERROR",
    "503, RETRY, SERVER_ERROR",
    "599, RETRY, SERVER_ERROR",
  })
  void statusToKindAndReason(int status, Kind kind, @Nullable String reason) {
    assertThat(
        ResponseMeaning.of(status, "{}"),
        is(new ResponseMeaning(kind, reason == null ? null : new Reason(reason))));
  }

  @Test
  void noCompleteResponse() {
    assertThat(ResponseMeaning.of(null, null), is(new ResponseMeaning(Kind.RETRY, Reason.TIMEOUT)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | {'error': {'status': 429, 'reason': 'QUOTA_EXCEEDED'}} | QUOTA",
        "429 | {'error': {'status': 429, 'reason': 'quota'}} | RATE_LIMIT",
        "429 | {'error': {'status': 429, 'reason': 7}} | RATE_LIMIT",
        "429 | {'error': 'QUOTA_EXCEEDED'} | RATE_LIMIT",
        "429 | ['QUOTA_EXCEEDED'] | RATE_LIMIT",
        "429 | QUOTA_EXCEEDED | RATE_LIMIT",
        "429 | '' | RATE_LIMIT",
        "429 | | RATE_LIMIT",
        "403 | {'error': {'reason': 'QUOTA_EXCEEDED'}} | REFUSED",
      })
  void onlyA429CanTellOfTheQuota(int status, @Nullable String body, Kind kind) {
    String json = body == null ? null : body.replace('\'', '"');
    assertThat(ResponseMeaning.of(status, json).kind(), is(kind));
  }
}
