package dev.playlistlake.io.spotify.rate;

import dev.playlistlake.model.run.RateLimiterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Callers that ask as fast as a {@link RateLimiterState} lets them, a network and a server, event
 * by event in virtual time. Hours pass in milliseconds.
 */
final class SimulatedFetching {
  private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");

  /** Says to each request, by the nanoseconds since the start, 0 or the seconds to wait. */
  interface Server {
    long retryAfter(long nanos);
  }

  /**
   * A request that arrived.
   *
   * @param at seconds since the start
   */
  record Arrival(double at, boolean refused) {}

  private record Event(double at, double sentAt, long retryAfter) {}

  final RateLimiterState pace;
  final List<Arrival> arrivals = new ArrayList<>();
  private final Server server;
  private final double latency;
  private final Random random;
  private final PriorityQueue<Event> arriving =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at));
  private final PriorityQueue<Event> answering =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at));
  private int waiting;
  private double now;
  private double digestedAt;
  private boolean refusedOnce;

  /**
   * An asking.
   *
   * @param latency seconds an answer takes, give or take a fifth
   */
  SimulatedFetching(Server server, int callers, double latency, long seed) {
    this.server = server;
    this.latency = latency;
    this.random = new Random(seed);
    this.pace = new RateLimiterState(callers, RateLimiterSnapshot.open());
    this.waiting = callers;
  }

  /** Goes on until a time in seconds since the start, or until so many requests arrived. */
  SimulatedFetching until(double seconds, int requests) {
    while (now < seconds && arrivals.size() < requests) {
      step();
    }
    return this;
  }

  SimulatedFetching until(double seconds) {
    return until(seconds, Integer.MAX_VALUE);
  }

  private void step() {
    double sends = nextSend();
    double arrives = arriving.isEmpty() ? Double.MAX_VALUE : arriving.element().at();
    double answers = answering.isEmpty() ? Double.MAX_VALUE : answering.element().at();
    now = Math.max(now, Math.min(sends, Math.min(arrives, answers)));
    if (arrives <= Math.min(sends, answers)) {
      Event request = arriving.remove();
      long wait = server.retryAfter((long) (request.at() * 1e9));
      arrivals.add(new Arrival(request.at(), wait > 0));
      double takes = latency * (0.8 + 0.4 * random.nextDouble());
      answering.add(new Event(request.at() + takes, request.sentAt(), wait));
    } else if (answers <= sends) {
      answer(answering.remove());
    } else {
      if (refusedOnce && digestedAt == 0 && pace.snapshot().rate().perSecond() > 0) {
        digestedAt = now;
      }
      pace.sent(instant(now));
      waiting--;
      // 5 to 15 ms to the server.
      arriving.add(new Event(now + 0.005 + 0.01 * random.nextDouble(), now, 0));
    }
  }

  private double nextSend() {
    Instant earliest = waiting > 0 ? pace.earliest() : null;
    if (earliest == null) {
      return Double.MAX_VALUE;
    }
    double at = Duration.between(START, earliest).toNanos() / 1e9;
    // A thread wakes up a little late.
    return at <= now ? now : at + 0.0015 * random.nextDouble();
  }

  private void answer(Event answer) {
    waiting++;
    if (answer.retryAfter() > 0) {
      refusedOnce = true;
      pace.throttled(
          instant(answer.sentAt()), instant(now), Duration.ofSeconds(answer.retryAfter()));
    } else {
      pace.responded(instant(answer.sentAt()));
    }
  }

  static Instant instant(double seconds) {
    return START.plusNanos((long) (seconds * 1e9));
  }

  /** When the first request after the first refusal was sent, with the rate known. */
  double digestedAt() {
    return digestedAt;
  }

  double now() {
    return now;
  }

  /** Requests let through in a time. */
  long accepted(double from, double to) {
    return in(from, to).stream().filter(arrival -> !arrival.refused()).count();
  }

  /** The share of the requests of a time that was refused. */
  double refusedShare(double from, double to) {
    List<Arrival> all = in(from, to);
    return all.stream().filter(Arrival::refused).count() / (double) all.size();
  }

  private List<Arrival> in(double from, double to) {
    return arrivals.stream().filter(arrival -> arrival.at() >= from && arrival.at() < to).toList();
  }
}
