package dev.playlistlake.io.spotify.auth;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages from signing in for the user, as sentences without a secret. A listener gets each one
 * once, however many stages send it; without a listener, on a worker away from main, they are
 * logged. Process-wide, since only the lake connects a worker to main otherwise.
 */
public final class SignInNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignInNotices.class);
  private static final AtomicReference<@Nullable SignInNotices> LISTENER = new AtomicReference<>();

  /** How the reason for a refusal begins that Spotify itself gave. */
  public static final String SPOTIFY_SAYS = "Spotify says that ";

  private final Consumer<String> atOnce;
  private final Set<String> shown = new HashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private @Nullable String refusal;

  private SignInNotices(Consumer<String> atOnce) {
    this.atOnce = atOnce;
  }

  /**
   * Listens from now on until it is closed.
   *
   * @param atOnce receives the warnings that should not wait for the end of the run
   */
  public static SignInNotices listen(Consumer<String> atOnce) {
    SignInNotices news = new SignInNotices(atOnce);
    LISTENER.set(news);
    return news;
  }

  /** A message to show at the end of the run, whatever its outcome. */
  public static void warn(String sentence) {
    SignInNotices listener = LISTENER.get();
    if (listener == null) {
      LOG.warn(sentence);
    } else {
      listener.add(sentence);
    }
  }

  /** A message to show now: there is still time to stop the run. */
  static void warnAtOnce(String sentence) {
    SignInNotices listener = LISTENER.get();
    if (listener == null) {
      LOG.warn(sentence);
    } else {
      listener.show(sentence);
    }
  }

  /** Why the sign-in was refused. */
  public static void refuse(String why) {
    SignInNotices listener = LISTENER.get();
    if (listener == null) {
      LOG.warn("Not authorised: {}", why);
    } else {
      listener.setRefusal(why);
    }
  }

  private synchronized void show(String warning) {
    if (shown.add(warning)) {
      atOnce.accept(warning);
    }
  }

  private synchronized void add(String warning) {
    warnings.add(warning);
  }

  private synchronized void setRefusal(String why) {
    refusal = why;
  }

  /** The warnings so far. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Why the sign-in was refused; empty if it was not, or the worker was not in this process. */
  public synchronized Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public void close() {
    LISTENER.compareAndSet(this, null);
  }
}
