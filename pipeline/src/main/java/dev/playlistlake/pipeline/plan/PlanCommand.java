package dev.playlistlake.pipeline.plan;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.spotify.auth.SignInNotices;
import dev.playlistlake.io.spotify.forecast.Forecast;
import dev.playlistlake.io.spotify.forecast.RunForecaster;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.cli.Verbose;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import dev.playlistlake.pipeline.job.LakeOptions;
import dev.playlistlake.pipeline.job.SampleRun;
import dev.playlistlake.pipeline.job.Storage;
import dev.playlistlake.pipeline.run.MainJob;
import dev.playlistlake.pipeline.run.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The command {@code plan}: what a run with the same flags would ask for, how long that takes, what
 * it cannot read and what it leaves in the lake. It writes nothing there.
 */
public final class PlanCommand {
  private final PlanFlags flags;
  private final PrintStream out;
  private final PrintStream err;
  private final Surroundings surroundings;

  private PlanCommand(
      PlanFlags flags, PrintStream out, PrintStream err, Surroundings surroundings) {
    this.flags = flags;
    this.out = out;
    this.err = err;
    this.surroundings = surroundings;
  }

  public static ExitCode run(
      List<String> args, PrintStream out, PrintStream err, Surroundings surroundings)
      throws BadInputException {
    String[] typed = args.toArray(new String[0]);
    PlanFlags flags = PlanFlags.parse(typed);
    LakeOptions options = flags.line().options();
    if (options.getVerbose()) {
      Verbose.on();
    }
    Storage.prepare(options, MainJob.usesS3(typed));
    return new PlanCommand(flags, out, err, surroundings).answer();
  }

  private ExitCode answer() throws BadInputException {
    try (SampleRun sample = SampleRun.prepare(flags.line());
        SignInNotices news = SignInNotices.listen()) {
      LakeJob job = job();
      Forecast forecast;
      try {
        forecast = forecast(job);
      } finally {
        // Whatever becomes of the plan: a token that is used up stays used up.
        news.warnings().forEach(err::println);
      }
      String refusal = forecast.report().refusal();
      if (refusal != null) {
        err.println(
            "Not authorised, nothing is planned: "
                + Summary.advice(refusal, job.spotify().credentials(), news.refusal()));
        return ExitCode.NOT_AUTHORISED;
      }
      Plan plan = Plan.of(job, forecast, flags);
      switch (flags.format()) {
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
    LakeJob job = LakeJobFactory.plan(flags.line(), surroundings);
    if (job.answers().isReplay()) {
      String from = flags.line().options().getFrom();
      throw BadInputException.of(
          from.equals("api")
              ? "--ingestDate: "
                  + job.layout().ingestDate()
                  + " is past, and a run of it asks"
                  + " nothing; there is nothing to plan"
              : "--from: a replay asks nothing; there is nothing to plan");
    } else if (flags.offline() && job.dayBefore() == null) {
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
            job.answers(),
            job.enrichment(),
            job.freshness(),
            job.mine(),
            job.dayBefore());
    if (flags.offline()) {
      return forecasting.assuming(job.entries());
    }
    try {
      return forecasting.asking(job.entries());
    } catch (IOException e) {
      throw new UncheckedIOException("the connections to Spotify cannot be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking", e);
    }
  }
}
