package dev.playlistlake.pipeline;

import dev.playlistlake.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An S3 on 127.0.0.1, in a process of its own; its buckets are plain folders. */
final class S3Proxy implements AutoCloseable {
  private static final Path JAR = Path.of("target", "s3proxy", "s3proxy.jar").toAbsolutePath();
  private static final String KEY = "it";
  private static final String SECRET = "it-secret";
  private static final Duration MOST = Duration.ofSeconds(30);

  private final Process process;
  private final int port;
  private final Path buckets;

  private S3Proxy(Process process, int port, Path buckets) {
    this.process = process;
    this.port = port;
    this.buckets = buckets;
  }

  /** Keeps its buckets, none at first, in a folder. */
  static S3Proxy start(Path folder) throws IOException, InterruptedException {
    Path buckets = Files.createDirectories(folder.resolve("buckets"));
    int port = Ports.free();
    Path properties = folder.resolve("s3proxy.properties");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=http://127.0.0.1:%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        s3proxy.ignore-unknown-headers=true
        jclouds.provider=filesystem
        jclouds.filesystem.basedir=%s
        """
            .formatted(port, KEY, SECRET, buckets));
    Process process =
        new ProcessBuilder(
                JarRun.java("-jar", JAR.toString(), "--properties", properties.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3Proxy proxy = new S3Proxy(process, port, buckets);
    proxy.awaitStart();
    return proxy;
  }

  /** By address: for a name the SDK would put the bucket in front of it. */
  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** What the AWS default chain finds its credentials in. */
  Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  /** Makes a bucket; its objects are the files in this folder. */
  Path bucket(String name) throws IOException {
    return Files.createDirectories(buckets.resolve(name));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void awaitStart() throws IOException, InterruptedException {
    long end = System.nanoTime() + MOST.toNanos();
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new IOException("s3proxy did not start on " + endpoint());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
