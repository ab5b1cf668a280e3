package dev.playlistlake.io.spotify.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A socket that answers with the bytes it was given, however little they keep to HTTP. */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Deque<Raw> answers = new ArrayDeque<>();

  /** What the server does when it has written the bytes. */
  enum Then {
    WAIT_FOR_MORE,
    CLOSE,
    RESET
  }

  /** An answer. */
  static final class Raw {
    private final byte[] bytes;
    private final long millis;
    private final Then then;

    private Raw(byte[] bytes, long millis, Then then) {
      this.bytes = bytes;
      this.millis = millis;
      this.then = then;
    }

    /** These bytes and no others. */
    static Raw of(byte[] bytes, Then then) {
      return new Raw(bytes.clone(), 0, then);
    }

    static Raw of(String head, byte[] body, Then then) {
      byte[] start = (head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
      byte[] all = new byte[start.length + body.length];
      System.arraycopy(start, 0, all, 0, start.length);
      System.arraycopy(body, 0, all, start.length, body.length);
      return new Raw(all, 0, then);
    }

    /** So many of its bytes, and then the end. */
    Raw cut(int length) {
      return new Raw(Arrays.copyOf(bytes, length), millis, Then.CLOSE);
    }

    /** With so many milliseconds before each byte. */
    Raw slowly(long pause) {
      return new Raw(bytes, pause, then);
    }
  }

  /** Answers in turn; the last one is repeated. */
  RawServer(List<Raw> answers) {
    this.answers.addAll(answers);
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      while (readHead(connection.getInputStream())) {
        Raw answer = next();
        write(connection.getOutputStream(), answer);
        if (answer.then == Then.RESET) {
          connection.setSoLinger(true, 0);
        }
        if (answer.then != Then.WAIT_FOR_MORE) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went away: it had heard enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Raw next() {
    return answers.size() > 1 ? answers.remove() : answers.element();
  }

  private static void write(OutputStream out, Raw answer) throws IOException, InterruptedException {
    if (answer.millis == 0) {
      out.write(answer.bytes);
      return;
    }
    for (byte one : answer.bytes) {
      TimeUnit.MILLISECONDS.sleep(answer.millis);
      out.write(one);
    }
  }

  /** Up to the empty line; false where there is none. */
  private static boolean readHead(InputStream in) throws IOException {
    String end = "";
    while (!end.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      end = (end + (char) next).substring(Math.max(0, end.length() - 3));
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
