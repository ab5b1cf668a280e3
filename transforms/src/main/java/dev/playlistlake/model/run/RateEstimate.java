package dev.playlistlake.model.run;

import java.io.Serializable;

/**
 * The allowed rate as learned from refusals. Refusals without a calm period between them form a row
 * (decision 11).
 *
 * @param perSecond requests per second after the last refusal; 0 while nothing limits them
 * @param sample number of requests behind the first measurement
 * @param calm seconds at this rate since the last refusal
 * @param hold seconds that a rate is held before it is raised
 * @param tooHigh the last raised rate that was refused, or 0
 * @param refusals number of refusals in the row; before the first measurement, number of
 *     inconclusive ones
 * @param before the rate at the first refusal of the row
 * @param reduced the rate that the row had led to when refusals became tolerated, or 0
 * @param passed requests passed in the row, since then if refusals are tolerated
 * @param seconds time they took, waits included
 */
public record RateEstimate(
    double perSecond,
    long sample,
    double calm,
    double hold,
    double tooHigh,
    int refusals,
    double before,
    double reduced,
    long passed,
    double seconds)
    implements Serializable {

  /** Before the first refusal. */
  public static RateEstimate unknown() {
    return new RateEstimate(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
