package dev.playlistlake.model;

import java.io.Serializable;

/**
 * What refusals have taught about the rate that Spotify allows. Refusals without a calm between
 * them are a row.
 *
 * @param perSecond requests a second, when the last refusal was digested; 0 while nothing limits
 *     them
 * @param sample how many requests the first measurement rests on
 * @param calm seconds at this rate since the last refusal
 * @param hold seconds that a rate is held before it is raised
 * @param tooHigh the raised rate that was refused last, or 0
 * @param refusals how many the row has; before anything was measured, how many told too little
 * @param before the rate at the first refusal of the row
 * @param reduced the rate that the row had led to when refusals began to be put up with, or 0
 * @param passed requests let through in the row, since then if refusals are put up with
 * @param seconds what they took, waits included
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

  /** Nothing was refused yet. */
  public static RateEstimate unknown() {
    return new RateEstimate(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
