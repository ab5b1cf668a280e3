package dev.playlistlake.io.spotify.rate;

import dev.playlistlake.model.run.RateEstimate;

/**
 * What a refusal teaches about the allowed rate. The first one measures it: so many requests were
 * let through in so many seconds. Later ones correct it, and a time without any raises it, slowly
 * at first. Refusals that lower rates do not cure have nothing to do with the rate, and are put up
 * with for a while.
 *
 * <p>The numbers were found by simulating limits of several kinds, changing limits, and refusals by
 * chance.
 */
final class RateEstimator {
  /** Fewer requests tell little. The next refusal may tell more, but not for ever. */
  private static final int LEAST_SAMPLE = 10;

  private static final int MOST_SHORT_SAMPLES = 6;

  /** With it, a window never sees one more than allowed, even where a request is sent late. */
  private static final double MARGIN = 0.995;

  private static final double LITTLE_LESS = 0.985;
  private static final double MUCH_LESS = 0.7;
  private static final double SLOWEST = 0.1;
  private static final double FASTEST = 1_000;

  private static final double SHORTEST_HOLD = 60;
  private static final double LONGEST_HOLD = 240;
  private static final double LEAST_HELD_REQUESTS = 100;

  /** Two raised rates that are this near to each other have met the same limit. */
  private static final double NEAR = 0.05;

  /** A hundredth in the first minute, and each minute twice as much as in the one before. */
  private static final double GROWTH = 0.01 / Math.log(2);

  /** So many refusals in a row must suffice to find the allowed rate. */
  private static final int CURE = 8;

  /** So many are put up with then, at a rate of so many times what came through. */
  private static final int TRIAL = 50;

  private static final double TRIAL_RATE = 3;

  /** But not if more than one request in four is refused, and that is no bad luck. */
  private static final int LEAST_BETWEEN = 3;

  private static final int BAD_LUCK = 4 * LEAST_BETWEEN;

  private RateEstimator() {}

  /** Requests a second as of now; 0 for no limit. */
  static double perSecond(RateEstimate rate) {
    double minutes = Math.max(0, rate.calm() - hold(rate)) / 60;
    double growth = Math.exp(GROWTH * (Math.pow(2, minutes) - 1));
    return Math.min(FASTEST, rate.perSecond() * growth);
  }

  /** Seconds until the rate is raised: a time, and a number of requests. */
  private static double hold(RateEstimate rate) {
    return rate.perSecond() == 0
        ? 0
        : Math.max(rate.hold(), LEAST_HELD_REQUESTS / rate.perSecond());
  }

  /** After seconds in which the rate alone held requests back, and none was refused. */
  static RateEstimate calmFor(RateEstimate rate, double seconds) {
    return new RateEstimate(
        rate.perSecond(),
        rate.sample(),
        rate.calm() + seconds,
        rate.hold(),
        rate.tooHigh(),
        rate.refusals(),
        rate.before(),
        rate.reduced(),
        rate.passed(),
        rate.seconds());
  }

  /**
   * After a refusal.
   *
   * @param accepted requests let through since the gate opened last
   * @param span seconds from that opening until Spotify lets the next one through
   */
  static RateEstimate afterRefusal(RateEstimate rate, long accepted, double span) {
    if (rate.perSecond() == 0) {
      return firstEstimate(rate, accepted, span);
    } else if (rate.calm() >= hold(rate)) {
      return afterCalm(rate);
    }
    return afterAnother(rate, accepted, Math.max(1, span));
  }

  /**
   * A limit lets so many requests through in a whole number of seconds: those since the first one,
   * until that one no longer counts. One less is sent, so that a rolling window never holds more.
   */
  private static RateEstimate firstEstimate(RateEstimate rate, long accepted, double span) {
    if (accepted < LEAST_SAMPLE && rate.refusals() < MOST_SHORT_SAMPLES) {
      return new RateEstimate(0, 0, 0, 0, 0, rate.refusals() + 1, 0, 0, 0, 0);
    }
    double perSecond = MARGIN * (accepted - 1) / Math.max(1, Math.floor(span));
    return outOfRow(perSecond, accepted, SHORTEST_HOLD, 0);
  }

  /**
   * The raised rate is a little too high. If an earlier one was so there too, it is held longer.
   */
  private static RateEstimate afterCalm(RateEstimate rate) {
    double refused = perSecond(rate);
    boolean again = Math.abs(refused / rate.tooHigh() - 1) < NEAR;
    double hold = again ? Math.min(LONGEST_HOLD, 2 * rate.hold()) : SHORTEST_HOLD;
    return outOfRow(LITTLE_LESS * refused, rate.sample(), hold, refused);
  }

  /** Refused again, at a rate that was thought good. */
  private static RateEstimate afterAnother(RateEstimate rate, long accepted, double span) {
    double refused = perSecond(rate);
    int refusals = rate.refusals() + 1;
    double before = refusals == 1 ? refused : rate.before();
    long passed = rate.passed() + accepted;
    double seconds = rate.seconds() + span;
    if (refusals > CURE) {
      boolean tooMany = passed + BAD_LUCK < (long) LEAST_BETWEEN * (refusals - CURE);
      if (tooMany || refusals == CURE + TRIAL) {
        return inRow(rate, tooMany ? rate.reduced() : refused, 0, 0, 0, 0, 0);
      }
      return inRow(rate, refused, refusals, before, rate.reduced(), passed, seconds);
    }
    double less = LITTLE_LESS * refused;
    if (accepted <= rate.sample()) {
      // So soon: the limit is what came through, as far as one short run can tell.
      double through = MARGIN * accepted / span;
      less = Math.min(less, Math.max(MUCH_LESS * refused, through));
    }
    if (refusals == CURE) {
      double trial = Math.min(before, TRIAL_RATE * passed / seconds);
      return inRow(rate, Math.max(less, trial), refusals, before, less, 0, 0);
    }
    return inRow(rate, less, refusals, before, 0, passed, seconds);
  }

  private static RateEstimate outOfRow(double perSecond, long sample, double hold, double tooHigh) {
    return new RateEstimate(Math.max(SLOWEST, perSecond), sample, 0, hold, tooHigh, 0, 0, 0, 0, 0);
  }

  private static RateEstimate inRow(
      RateEstimate rate,
      double perSecond,
      int refusals,
      double before,
      double reduced,
      long passed,
      double seconds) {
    return new RateEstimate(
        Math.max(SLOWEST, perSecond),
        rate.sample(),
        0,
        rate.hold(),
        rate.tooHigh(),
        refusals,
        before,
        reduced,
        passed,
        seconds);
  }
}
