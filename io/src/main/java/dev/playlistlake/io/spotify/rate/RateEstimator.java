package dev.playlistlake.io.spotify.rate;

import dev.playlistlake.model.run.RateEstimate;

/**
 * What a refusal shows about the allowed rate (decision 11). The first one measures it: this many
 * requests got through in this many seconds. Later ones correct it, and a time without any raises
 * it, slowly at first. Refusals that lower rates do not stop are unrelated to the rate, and are
 * tolerated for a while.
 *
 * <p>The constants come from simulating limits of several kinds, changing limits, and random
 * refusals.
 */
final class RateEstimator {
  /** Fewer requests show little. The next refusal may show more, but not forever. */
  private static final int LEAST_SAMPLE = 10;

  private static final int MOST_SHORT_SAMPLES = 6;

  /** With this margin a window never sees a request too many, even if one is sent late. */
  private static final double MARGIN = 0.995;

  private static final double LITTLE_LESS = 0.985;
  private static final double MUCH_LESS = 0.7;
  private static final double SLOWEST = 0.1;
  private static final double FASTEST = 1_000;

  private static final double SHORTEST_HOLD = 60;
  private static final double LONGEST_HOLD = 240;
  private static final double LEAST_HELD_REQUESTS = 100;

  /** Two raised rates this close to each other have hit the same limit. */
  private static final double NEAR = 0.05;

  /** One percent in the first minute, and each minute twice as much as in the one before. */
  private static final double GROWTH = 0.01 / Math.log(2);

  /** This many refusals in a row must suffice to find the allowed rate. */
  private static final int CURE = 8;

  /** Then this many are tolerated, at this multiple of the rate that got through. */
  private static final int TRIAL = 50;

  private static final double TRIAL_RATE = 3;

  /** But not if more than one request in four is refused, which is not bad luck. */
  private static final int LEAST_BETWEEN = 3;

  private static final int BAD_LUCK = 4 * LEAST_BETWEEN;

  private RateEstimator() {}

  /** Requests per second now; 0 for no limit. */
  static double perSecond(RateEstimate rate) {
    double minutes = Math.max(0, rate.calm() - hold(rate)) / 60;
    double growth = Math.exp(GROWTH * (Math.pow(2, minutes) - 1));
    return Math.min(FASTEST, rate.perSecond() * growth);
  }

  /** Seconds until the rate is raised: a minimum time and a minimum number of requests. */
  private static double hold(RateEstimate rate) {
    return rate.perSecond() == 0
        ? 0
        : Math.max(rate.hold(), LEAST_HELD_REQUESTS / rate.perSecond());
  }

  /** The estimate after seconds in which only the rate held requests back and none was refused. */
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
   * The estimate after a refusal.
   *
   * @param accepted requests let through since the limiter last opened
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
   * A limit lets this many requests through in a whole number of seconds: those since the first
   * one, until that one no longer counts. One fewer is sent, so that a rolling window never holds
   * more.
   */
  private static RateEstimate firstEstimate(RateEstimate rate, long accepted, double span) {
    if (accepted < LEAST_SAMPLE && rate.refusals() < MOST_SHORT_SAMPLES) {
      return new RateEstimate(0, 0, 0, 0, 0, rate.refusals() + 1, 0, 0, 0, 0);
    }
    double perSecond = MARGIN * (accepted - 1) / Math.max(1, Math.floor(span));
    return outOfRow(perSecond, accepted, SHORTEST_HOLD, 0);
  }

  /**
   * The raised rate is slightly too high. If an earlier one was too high there, it is held longer.
   */
  private static RateEstimate afterCalm(RateEstimate rate) {
    double refused = perSecond(rate);
    boolean again = Math.abs(refused / rate.tooHigh() - 1) < NEAR;
    double hold = again ? Math.min(LONGEST_HOLD, 2 * rate.hold()) : SHORTEST_HOLD;
    return outOfRow(LITTLE_LESS * refused, rate.sample(), hold, refused);
  }

  /** Refused again, at a rate that was considered good. */
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
      // This early, the limit is what got through, as far as one short run shows.
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
