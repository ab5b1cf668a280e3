package dev.playlistlake.queries.sql;

import dev.playlistlake.testing.Required;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * Hive's own parser, which Athena reads DDL with, in a class loader of its own: its jar holds
 * copies of Parquet, Avro and others.
 */
final class HiveParser implements AutoCloseable {
  private static final Path JARS = Path.of("target", "hive");

  private final URLClassLoader loader;
  private final Object driver;

  private HiveParser(URLClassLoader loader) throws ReflectiveOperationException {
    this.loader = loader;
    this.driver =
        loader
            .loadClass("org.apache.hadoop.hive.ql.parse.ParseDriver")
            .getConstructor()
            .newInstance();
  }

  /** Opens it; skips the test where the jars were not copied, as in an IDE. */
  static HiveParser open() throws IOException, ReflectiveOperationException {
    if (!Files.isDirectory(JARS)) {
      Required.orSkip("hive", "no " + JARS + ": Maven's phase pre-integration-test copies it");
    }
    try (Stream<Path> jars = Files.list(JARS)) {
      List<Path> paths = jars.sorted().toList();
      URL[] urls = new URL[paths.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = paths.get(i).toUri().toURL();
      }
      return new HiveParser(new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
    }
  }

  /**
   * The tree of one statement without a semicolon.
   *
   * @throws IllegalArgumentException with Hive's words, if it cannot be parsed
   */
  Node parse(String sql) throws ReflectiveOperationException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object result = driver.getClass().getMethod("parse", String.class).invoke(driver, sql);
      return node(result.getClass().getMethod("getTree").invoke(result));
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause != null && cause.getClass().getSimpleName().equals("ParseException")) {
        throw new IllegalArgumentException(cause.getMessage(), cause);
      }
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** What a quoted string of the tree says, as Hive reads its escapes. */
  String unquoted(String literal) throws ReflectiveOperationException {
    return String.valueOf(
        loader
            .loadClass("org.apache.hadoop.hive.ql.parse.BaseSemanticAnalyzer")
            .getMethod("unescapeSQLString", String.class)
            .invoke(null, literal));
  }

  private static Node node(Object tree) throws ReflectiveOperationException {
    Object text = tree.getClass().getMethod("getText").invoke(tree);
    List<Node> nodes = new ArrayList<>();
    if (tree.getClass().getMethod("getChildren").invoke(tree) instanceof List<?> children) {
      for (Object child : children) {
        nodes.add(node(child));
      }
    }
    return new Node(String.valueOf(text), nodes);
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** A node of the tree: a token's text, or the name of a rule such as {@code TOK_TABCOL}. */
  record Node(String text, List<Node> children) {
    /**
     * The first node of that text below this one, in the order of the statement.
     *
     * @throws NoSuchElementException if there is none
     */
    Node find(String wanted) {
      return below()
          .filter(node -> node.text.equals(wanted))
          .findFirst()
          .orElseThrow(() -> new NoSuchElementException("no " + wanted + " below " + text));
    }

    private Stream<Node> below() {
      return children.stream().flatMap(child -> Stream.concat(Stream.of(child), child.below()));
    }
  }
}
