package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.publish.StartRecord;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.auth.SignInNotices;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.Command;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.Deployment;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import dev.playlistlake.pipeline.job.LakeOptions;
import dev.playlistlake.pipeline.job.SampleRun;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** The main job, {@code run}: flags in, a published day out. */
public final class RunCommand implements Command {
  @Override
  public CommandSpec spec() {
    return JobFlags.command("run", LakeOptions.class);
  }

  @Override
  public ExitCode run(Call call) throws BadInputException {
    JobFlags flags = JobFlags.prepare(call.arguments(), LakeOptions.class);
    return run(flags, call.out(), call.err(), call.surroundings());
  }

  private static ExitCode run(
      JobFlags flags, PrintStream out, PrintStream err, Surroundings surroundings)
      throws BadInputException {
    LakeOptions options = flags.options();
    try (SampleRun sample = SampleRun.prepare(flags);
        SignInNotices news = SignInNotices.listen(err::println)) {
      LakeJob job = LakeJobFactory.create(flags, surroundings);
      LakeRun lakeRun = LakeRun.of(options, job);
      if (sample.isOn() && lakeRun.deployment() != Deployment.IN_THIS_PROCESS) {
        throw BadInputException.of(
            "--playlists: is missing; the sample is in this process, where a cluster cannot ask it");
      }
      flags.problems().notes().forEach(err::println);
      credentialsNote(lakeRun.deployment(), job).ifPresent(err::println);
      Supplier<ExitCode> runAndTell =
          () -> {
            job.spotify().users().makeSalt().ifPresent(err::println);
            if (lakeRun.deployment() == Deployment.DETACHED) {
              lakeRun.submit();
              out.println(RunJson.submitted(job.layout()));
              return ExitCode.PUBLISHED;
            }
            RunRow run = lakeRun.refusedAtOnce().orElseGet(lakeRun::toTheEnd);
            new Summary(job, run, news.refusal(), err).print();
            sample.printNextStep(err);
            out.println(RunJson.of(job.layout().ingestDate(), run));
            return RunVerdict.of(run, job.maxRejected(), job.okExitCodes());
          };
      Supplier<ExitCode> recorded = () -> recorded(job, runAndTell);
      try {
        return lakeRun.deployment() == Deployment.IN_THIS_PROCESS
            ? surroundings
                .signals()
                .during(recorded, exitCode -> StartRecord.fail(job.layout(), exitCode))
            : recorded.get();
      } finally {
        // Even if the run failed: a used refresh token stays used.
        news.warnings().forEach(err::println);
      }
    } catch (LakeException e) {
      err.println("The lake or the list is unusable, nothing is published: " + e.getMessage());
      return ExitCode.LAKE_UNUSABLE;
    } catch (ClusterException e) {
      err.println(
          "The cluster failed, and of this run nothing is known to be published ("
              + e.getMessage()
              + "). Run the same command again: what is stored is not asked for twice.");
      return ExitCode.LAKE_UNUSABLE;
    }
  }

  /** Runs it between its start record and, if it fails, the exit code in that record. */
  private static ExitCode recorded(LakeJob job, Supplier<ExitCode> run) {
    StartRecord.write(job.facts());
    try {
      return run.get();
    } catch (ClusterException e) {
      // The job may go on without this process, which cannot know how it ends.
      throw e;
    } catch (LakeException e) {
      StartRecord.fail(job.layout(), ExitCode.LAKE_UNUSABLE.number());
      throw e;
    } catch (RuntimeException | Error e) {
      StartRecord.fail(job.layout(), ExitCode.BUG.number());
      throw e;
    }
  }

  /** A note if workers need credentials from their own environment, unseen here. */
  private static Optional<String> credentialsNote(Deployment deployment, LakeJob job) {
    boolean elsewhere = deployment != Deployment.IN_THIS_PROCESS && !job.responses().isReplay();
    return elsewhere && job.spotify().credentials().kind() == CredentialsRef.Kind.ENV
        ? Optional.of(
            "--credentials=env is read by the worker that asks: SPOTIFY_CLIENT_ID and its like must"
                + " be set for the TaskManagers, those of this process do not reach them.")
        : Optional.empty();
  }
}
