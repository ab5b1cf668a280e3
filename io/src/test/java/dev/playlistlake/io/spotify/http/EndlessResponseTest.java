package dev.playlistlake.io.spotify.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.api.ApiRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server, or a proxy in between, that sends without an end. */
class EndlessResponseTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Sends a beginning and then one thing for ever, to everybody. */
  private static final class Endless implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger cutOff = new AtomicInteger();

    Endless(String beginning, String forever) throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(() -> accept(beginning, forever), "endless");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept(String beginning, String forever) {
      byte[] more = forever.repeat(1 + 8192 / forever.length()).getBytes(StandardCharsets.UTF_8);
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          OutputStream out = connection.getOutputStream();
          out.write(beginning.getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write(more);
            sent.addAndGet(more.length);
          }
        } catch (IOException e) {
          cutOff.incrementAndGet();
        }
      }
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static SpotifyTransport transport(URI api) {
    return new SpotifyTransport(new HttpSettings(api, api, 16, Duration.ofSeconds(5), TIMEOUT));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "headers|HTTP/1.1 200 OK~|X-Many: x~",
        "one header|HTTP/1.1 200 OK~X-Long: |xxxxxxxx",
        "a status line|HTTP/1.1 200 |xxxxxxxx",
        "empty lines|~|~",
        "chunk extensions|HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5;a=|xxxxxxxx",
        "trailers|HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~{~0~|X-Many: x~",
        "one trailer|HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~{~0~X-Long: |xxxxxxxx",
        "a body|HTTP/1.1 200 OK~~|xxxxxxxx",
        "a body of a length|HTTP/1.1 200 OK~Content-Length: 99999999999~~|xxxxxxxx",
        "chunks|HTTP/1.1 200 OK~Transfer-Encoding: chunked~~|40~xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx~",
      })
  void whatHasNoEndIsCutOffByItsLength(String what, String beginning, String forever)
      throws IOException {
    try (Endless server = new Endless(crlf(beginning), crlf(forever));
        SpotifyTransport transport = transport(server.url())) {
      WebApiClient client = new WebApiClient(transport, (request, body) -> body, Clock.systemUTC());
      long start = System.nanoTime();
      RawAttempt attempt = client.send(new ApiRequest.FirstAnswer("p"), "token");
      client.handled();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(attempt.status(), is(nullValue()));
      assertThat("not by its time", took, is(lessThan(TIMEOUT.dividedBy(2))));
      assertThat(server.sent.get(), is(lessThan(140L << 20)));
    }
  }

  private static String crlf(String text) {
    return text.replace("~", "\r\n");
  }

  /** Places are given back whatever becomes of a response. */
  @Test
  void onlySoManyLargeBodiesAreInMemoryAtATime() throws Exception {
    LargeBodies bodies = new LargeBodies();
    int places = (int) Math.max(1, Runtime.getRuntime().maxMemory() / (400L << 20));
    AtomicInteger within = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(places + 8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < places + 8; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 3; round++) {
                    bodies.enter();
                    bodies.enter();
                    most.accumulateAndGet(within.incrementAndGet(), Math::max);
                    Thread.sleep(5);
                    within.decrementAndGet();
                    bodies.leave();
                    bodies.leave();
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      assertThat(most.get(), is(lessThanOrEqualTo(places)));
    } finally {
      threads.shutdownNow();
    }
  }
}
