package dev.playlistlake.io.spotify.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What signing in has to say to a person, in sentences without a secret. Who listens gets them,
 * each once, however many stages say it; where nobody listens, on a worker away from main, they are
 * logged. Process-wide, as nothing else leads from a worker to main but the lake.
 */
public final class SignInNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignInNotices.class);
  private static final AtomicReference<@Nullable SignInNotices> LISTENER = new AtomicReference<>();

  private final Set<String> warnings = new LinkedHashSet<>();
  private @Nullable String refusal;

  private SignInNotices() {}

  /** From now on until it is closed. */
  public static SignInNotices listen() {
    SignInNotices news = new SignInNotices();
    LISTENER.set(news);
    return news;
  }

  /** Something to be told at the end of the run, whatever becomes of it. */
  static void warn(String sentence) {
    SignInNotices listener = LISTENER.get();
    if (listener == null) {
      LOG.warn(sentence);
    } else {
      listener.add(sentence);
    }
  }

  /** Why nobody is let in. */
  static void refuse(String why) {
    SignInNotices listener = LISTENER.get();
    if (listener == null) {
      LOG.warn("Not authorised: {}", why);
    } else {
      listener.setRefusal(why);
    }
  }

  private synchronized void add(String warning) {
    warnings.add(warning);
  }

  private synchronized void setRefusal(String why) {
    refusal = why;
  }

  /** What was said so far. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Why nobody was let in; empty where somebody was, or the worker was not in this process. */
  public synchronized Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public void close() {
    LISTENER.compareAndSet(this, null);
  }
}
