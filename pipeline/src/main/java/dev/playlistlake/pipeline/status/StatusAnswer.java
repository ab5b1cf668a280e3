package dev.playlistlake.pipeline.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.lake.DamagedFileException;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.LakePlace;
import dev.playlistlake.pipeline.cli.OutputFormat;
import dev.playlistlake.pipeline.job.LakeCheck;
import dev.playlistlake.pipeline.job.Storage;
import dev.playlistlake.pipeline.run.LeftList;
import dev.playlistlake.pipeline.run.RunJson;
import dev.playlistlake.pipeline.run.RunVerdict;
import dev.playlistlake.pipeline.run.Summary;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.TypeConversionException;

/** The output of {@code status}: the result of a run. */
final class StatusAnswer {
  private final StatusCommand flags;
  private final PrintStream out;
  private final PrintStream err;

  StatusAnswer(StatusCommand flags, PrintStream out, PrintStream err) {
    this.flags = flags;
    this.out = out;
    this.err = err;
  }

  /**
   * Prints the row and returns the exit code of the run.
   *
   * @throws BadInputException if there is no such lake
   */
  ExitCode print() throws BadInputException {
    try {
      Optional<LakeLayout> run = find();
      if (run.isEmpty()) {
        tellOfNoRow();
        return ExitCode.NO_RUN_ROW;
      }
      ExitCode code = tell(run.get());
      if (flags.run.isEmpty()) {
        StartedRuns.of(flags).after(run.get().runId()).forEach(err::println);
      }
      return code;
    } catch (DamagedFileException e) {
      err.println(
          "The run counts as not published, since its row cannot be read ("
              + e.getMessage()
              + "). Put the row back from a copy, or run that day again.");
      return ExitCode.LAKE_UNUSABLE;
    } catch (LakeException e) {
      err.println("The lake cannot be read: " + e.getMessage());
      return ExitCode.LAKE_UNUSABLE;
    }
  }

  private Optional<LakeLayout> find() throws BadInputException {
    if (!flags.isOnS3()) {
      LakePlace.folder(flags.lake);
    }
    Storage.prepare(flags.s3.options(), flags.isOnS3());
    try {
      return RunRows.newest(flags.lake, flags.ingestDate.map(LocalDate::toString), flags.run);
    } catch (LakeException e) {
      Optional<String> mishap = LakeCheck.usualMishap(e, /* writing= */ false);
      if (flags.isOnS3() && mishap.isPresent()) {
        throw BadInputException.of("--lake: '" + flags.lake + "' cannot be read: " + mishap.get());
      }
      throw e;
    }
  }

  private ExitCode tell(LakeLayout run) {
    RunRow row = RunRows.read(run);
    Limits limits = limits(row);
    ExitCode code = RunVerdict.of(row, limits.maxRejected(), limits.okExitCodes());
    switch (flags.format) {
      case JSON -> out.println(RunJson.of(run.ingestDate(), row));
      case TABLE -> {
        // Reads more rows and may fail, so it comes before any output.
        Optional<String> other = readersOfOther(run);
        out.println(verdict(row, limits.maxRejected(), code));
        other.ifPresent(out::println);
        LeftList.words(row).ifPresent(out::println);
        printColumns(RunJson.columns(run.ingestDate(), row));
      }
    }
    return code;
  }

  private static String verdict(RunRow row, int maxRejected, ExitCode code) {
    ExitCode own = RunVerdict.of(row, maxRejected);
    String words = Summary.verdict(row, maxRejected);
    if (own == ExitCode.PUBLISHED) {
      return words;
    }
    String instead = own == code ? "" : ", here " + code.number();
    return oneLine(words) + " (exit code " + own.number() + instead + ")";
  }

  /** The run that readers of the day see, if it is another one. */
  private static Optional<String> readersOfOther(LakeLayout run) {
    Optional<LakeLayout> counting = RunRows.counting(run.root(), run.ingestDate());
    if (counting.isEmpty()) {
      return Optional.of("No run of " + run.ingestDate() + " counts for readers.");
    }
    String runId = counting.get().runId();
    return runId.equals(run.runId())
        ? Optional.empty()
        : Optional.of("For readers of " + run.ingestDate() + " the run " + runId + " counts.");
  }

  private void printColumns(JsonNode columns) {
    List<String> names = new ArrayList<>();
    columns.fieldNames().forEachRemaining(names::add);
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    for (String name : names) {
      String value = value(columns.path(name));
      out.println((name + " ".repeat(width + 2 - name.length()) + value).stripTrailing());
    }
  }

  /** The value as text; null and an empty list are empty. */
  private static String value(JsonNode value) {
    if (value.isArray()) {
      List<String> elements = new ArrayList<>();
      value.forEach(
          element -> elements.add(element.isObject() ? struct(element) : element.asText()));
      return oneLine(String.join(", ", elements));
    }
    return value.isNull() ? "" : oneLine(value.asText());
  }

  /** The values of a struct's fields. */
  private static String struct(JsonNode struct) {
    List<String> values = new ArrayList<>();
    struct.forEach(field -> values.add(field.isNull() ? "unknown" : field.asText()));
    return String.join(" until ", values);
  }

  /** Neutralises the text: parts come from a service and may contain anything. */
  private static String oneLine(String text) {
    return ForeignText.oneLine(text);
  }

  /** What a run's exit code depends on besides its row. */
  private record Limits(int maxRejected, Set<Integer> okExitCodes) {}

  /** The flags given here, or those of the run. */
  private Limits limits(RunRow row) {
    try {
      JsonNode config = new ObjectMapper().readTree(row.config());
      int ownMaxRejected = config.path("maxRejected").asInt(0);
      Set<Integer> ownCodes = FlagValues.okExitCodes(config.path("okExitCodes").asText(""));
      return new Limits(
          flags.maxRejected.orElse(ownMaxRejected), flags.okExitCodes.orElse(ownCodes));
    } catch (TypeConversionException e) {
      throw new LakeException("the config of run " + row.runId() + ": " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new LakeException("the config of run " + row.runId() + " is no JSON", e);
    }
  }

  private void tellOfNoRow() {
    StartedRuns started = StartedRuns.of(flags);
    if (flags.format == OutputFormat.JSON) {
      out.println(started.json());
    }
    err.println(noRow() + "; " + started.words());
  }

  private String noRow() {
    StringBuilder wanted = new StringBuilder("there is no run row");
    flags.run.ifPresent(run -> wanted.append(" for --run=").append(run));
    flags.ingestDate.ifPresent(
        day ->
            wanted
                .append(flags.run.isEmpty() ? " for" : " and")
                .append(" --ingestDate=")
                .append(day));
    if (flags.run.isEmpty() && flags.ingestDate.isEmpty()) {
      wanted.append(" of any --run or --ingestDate");
    }
    return "No verdict: " + wanted + " in '" + flags.lake + "'";
  }
}
