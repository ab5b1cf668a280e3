package dev.playlistlake.pipeline.plan;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.spotify.auth.SignInNotices;
import dev.playlistlake.io.spotify.forecast.Forecast;
import dev.playlistlake.io.spotify.forecast.RunForecaster;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.OutputFormat;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import dev.playlistlake.pipeline.job.SampleRun;
import dev.playlistlake.pipeline.run.Advice;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The output of {@code plan}; writes nothing to the lake. */
final class PlanAnswer {
  private final JobFlags flags;
  private final Terms terms;
  private final PrintStream out;
  private final PrintStream err;
  private final Surroundings surroundings;

  PlanAnswer(JobFlags flags, Terms terms, Call call) {
    this.flags = flags;
    this.terms = terms;
    this.out = call.out();
    this.err = call.err();
    this.surroundings = call.surroundings();
  }

  /**
   * What a plan depends on besides the job's flags.
   *
   * @param offline whether to send no requests
   * @param rate requests per second; empty to use earlier runs'
   */
  record Terms(boolean offline, Optional<Double> rate, OutputFormat format) {}

  /**
   * Prints it.
   *
   * @throws BadInputException with all mistakes in the flags
   */
  ExitCode print() throws BadInputException {
    try (SampleRun sample = SampleRun.prepare(flags);
        SignInNotices news = SignInNotices.listen(err::println)) {
      LakeJob job = job();
      flags.problems().notes().forEach(err::println);
      Forecast forecast;
      try {
        forecast = forecast(job);
      } finally {
        // Even if the plan fails: a used refresh token stays used.
        news.warnings().forEach(err::println);
      }
      String refusal = forecast.report().refusal();
      if (refusal != null && forecast.report().isUnreachable()) {
        err.println("Nothing is planned: " + Advice.unreachable(refusal, news.refusal()));
        return ExitCode.UNREACHABLE;
      } else if (refusal != null) {
        err.println(
            "Not authorised, nothing is planned: "
                + Advice.notAuthorised(refusal, job, news.refusal()));
        return ExitCode.NOT_AUTHORISED;
      }
      Plan plan = Plan.of(job, forecast, terms);
      switch (terms.format()) {
        case TABLE -> new PlanTable(plan, out).print();
        case JSON -> out.println(PlanJson.of(plan));
      }
      sample.printNextStep(err);
      return plan.isWhole() ? ExitCode.PUBLISHED : ExitCode.STOPPED_EARLY;
    } catch (LakeException e) {
      err.println("The lake cannot be read, nothing is planned: " + e.getMessage());
      return ExitCode.LAKE_UNUSABLE;
    }
  }

  private LakeJob job() throws BadInputException {
    LakeJob job = LakeJobFactory.plan(flags, surroundings);
    if (job.responses().isReplay()) {
      String from = flags.options().getFrom();
      throw BadInputException.of(
          from.equals("api")
              ? "--ingestDate: "
                  + job.layout().ingestDate()
                  + " is past, and a run of it asks"
                  + " nothing; there is nothing to plan"
              : "--from: a replay asks nothing; there is nothing to plan");
    } else if (terms.offline() && job.dayBefore() == null) {
      throw BadInputException.of(
          "--offline: '"
              + job.layout().root()
              + "' has no published day before "
              + job.layout().ingestDate()
              + " to plan from; without --offline each playlist is asked for once");
    }
    return job;
  }

  private Forecast forecast(LakeJob job) {
    RunForecaster forecasting =
        RunForecaster.of(
            job.spotify(),
            job.responses(),
            job.enrichment(),
            job.refreshPolicy(),
            job.mine(),
            job.dayBefore());
    if (terms.offline()) {
      return forecasting.assuming(job.entries());
    }
    try {
      return forecasting.fetching(job.entries());
    } catch (IOException e) {
      throw new UncheckedIOException("the connections to Spotify cannot be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking", e);
    }
  }
}
