package dev.playlistlake.io.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on 127.0.0.1 that forwards plain requests and makes tunnels. Whatever host a request
 * names, it reaches one port of this machine, so that names need not exist.
 */
public final class LocalProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int target;
  private final @Nullable String login;
  private final int tunnelStatus;
  private final List<String> requests = new ArrayList<>();

  private LocalProxy(int target, @Nullable String login, int tunnelStatus) {
    this.target = target;
    this.login = login;
    this.tunnelStatus = tunnelStatus;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var unused = threads.submit(this::accept);
  }

  /** Lets everybody through. */
  public static LocalProxy to(int target) {
    return new LocalProxy(target, null, 200);
  }

  /** Lets those through that give {@code user:password}. */
  public static LocalProxy to(int target, String login) {
    return new LocalProxy(target, login, 200);
  }

  /** Makes no tunnel. */
  public static LocalProxy refusing(int status) {
    return new LocalProxy(1, null, status);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The request lines that were let through, without HTTP's version. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        var unused = threads.submit(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      String[] line = head.substring(0, head.indexOf('\r')).split(" ");
      byte[] body = client.getInputStream().readNBytes(length(head));
      if (login != null && !head.contains("Proxy-Authorization: Basic " + encoded(login))) {
        say(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"it\"");
        return;
      }
      boolean tunnel = line[0].equals("CONNECT");
      if (tunnel && tunnelStatus != 200) {
        say(client, tunnelStatus + " No");
        return;
      }
      synchronized (this) {
        requests.add(line[0] + " " + line[1]);
      }
      if (tunnel) {
        tunnel(client);
      } else {
        forward(client, head.replace(line[1], path(line[1])), body);
      }
    } catch (IOException e) {
      // The client or the target is gone.
    }
  }

  private void tunnel(Socket client) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      var unused =
          threads.submit(() -> copy(server.getInputStream(), client.getOutputStream(), client));
      copy(client.getInputStream(), server.getOutputStream(), server);
    }
  }

  private void forward(Socket client, String head, byte[] body) throws IOException {
    String asked = head.replaceAll("(?im)^(proxy-|connection:).*\r\n", "");
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      OutputStream out = server.getOutputStream();
      out.write(
          asked
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static @Nullable Void copy(InputStream in, OutputStream out, Socket end)
      throws IOException {
    try {
      in.transferTo(out);
    } finally {
      end.close();
    }
    return null;
  }

  private static void say(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static String path(String url) {
    return url.replaceFirst("^http://[^/]+", "");
  }

  private static String encoded(String login) {
    return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  /** The request line and the headers; empty if the client went away. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
