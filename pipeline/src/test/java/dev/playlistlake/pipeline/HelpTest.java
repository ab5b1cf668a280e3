package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.OutputFormat;
import dev.playlistlake.pipeline.job.LakeOptions;
import dev.playlistlake.pipeline.plan.PlanOptions;
import dev.playlistlake.queries.output.AnswerFormat;
import dev.playlistlake.testing.Golden;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.Default;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Pages of help, held against the code: what they name is there, and all that is there is named.
 */
class HelpTest {
  private static final int MOST_LINES = 50;
  private static final int MOST_COLUMNS = 120;
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?m)^  java -jar playlist-lake\\.jar((?: [^ \"\n]+(?:\"[^\"]*\")?)*)(?:  +.*)?$");
  private static final Pattern ENTRY = Pattern.compile("(?m)^  (--\\w+).*(?:\n {20}.*)*$");
  private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--\\w+");

  /** Those with a page of their own; that of help is the program's. */
  private static final Set<Commands> WITH_PAGE =
      EnumSet.complementOf(EnumSet.of(Commands.RUN, Commands.COMPLETION));

  @ParameterizedTest
  @EnumSource(Commands.class)
  void aPageIsAsItWas(Commands command) throws IOException {
    if (!WITH_PAGE.contains(command)) {
      assertThat(page(command), is(page(Commands.HELP)));
      return;
    }
    Path golden = Path.of("src/test/resources/help", command.word() + ".txt");
    Golden.assertUpToDate(
        golden, page(command), "transforms,io,athena-queries,pipeline", HelpTest.class);
  }

  @ParameterizedTest
  @EnumSource(Commands.class)
  void aPageFitsAScreenAndIsPlainText(Commands command) {
    List<String> lines = page(command).lines().toList();
    assertThat(lines.size(), is(lessThanOrEqualTo(MOST_LINES)));
    for (String line : lines) {
      assertThat(line, line.length(), is(lessThanOrEqualTo(MOST_COLUMNS)));
      assertThat(line, is(line.stripTrailing()));
      assertThat(line, line.matches("[ -~]*"), is(true));
    }
  }

  @ParameterizedTest
  @EnumSource(Commands.class)
  void everyWayToAskGivesTheSamePage(Commands command) {
    String page = page(command);
    assertThat(JobRun.of(command.word(), "--nonsense", "--help").out(), is(page));
    assertThat(JobRun.of(command.word(), "-h").out(), is(page));
    assertThat(JobRun.of("help", command.word()).out(), is(page));
  }

  @Test
  void theProgramsPageIsThatOfHelp() {
    String page = page(Commands.HELP);
    assertThat(JobRun.of("help").out(), is(page));
    assertThat(JobRun.of("--lake=x", "--help").out(), is(page));
    assertThat(JobRun.of("--help", "--nonsense").out(), is(page));
    assertThat(JobRun.of("-h").out(), is(page));
  }

  @Test
  void theProgramsPageNamesTheCommands() {
    String commands = page(Commands.HELP).split("\n\n", 3)[1];
    Set<String> named = found(Pattern.compile("(?m)^  (\\w+)  "), commands);
    Set<String> there = new TreeSet<>();
    for (Commands command : Commands.values()) {
      there.add(command.word());
    }
    assertThat(named, is(there));
  }

  @Test
  void everyFlagOfARunIsThereWithItsDefault() {
    Map<String, String> entries = entries(page(Commands.HELP));
    for (Method getter : LakeOptions.class.getDeclaredMethods()) {
      if (getter.getParameterCount() == 0) {
        String flag =
            "--"
                + getter.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                + getter.getName().substring(4);
        assertThat(entries.keySet(), hasItem(flag));
        String entry = String.valueOf(entries.get(flag));
        assertThat(
            entry,
            Pattern.compile("\\[.+]").matcher(entry).find(),
            is(!flag.equals("--playlists")));
        defaultOf(getter)
            .ifPresent(
                value ->
                    assertThat(
                        entry, matchesPattern("(?s).*\\[" + Pattern.quote(value) + "[\\];].*")));
      }
    }
  }

  @Test
  void theDefaultsOfCommandsAreThoseOfTheCode() throws NoSuchMethodException {
    assertDefault(
        Commands.LOGIN, "--timeout", String.valueOf(initial(Commands.LOGIN, "--timeout")));
    assertDefault(Commands.LOGIN, "--credentials", "env");
    assertThat(initial(Commands.LOGIN, "--credentials"), is(CredentialsRef.parse("env")));
    assertThat("any that is free", initial(Commands.LOGIN, "--port"), is(0));
    for (Commands command : List.of(Commands.STATUS, Commands.QUERY)) {
      assertDefault(command, "--lake", String.valueOf(initial(command, "--lake")));
      assertDefault(
          command,
          "--format",
          String.valueOf(initial(command, "--format")).toLowerCase(Locale.ROOT));
    }
    Method format = PlanOptions.class.getMethod("getFormat");
    assertDefault(Commands.PLAN, "--format", defaultOf(format).orElseThrow());
  }

  private static @Nullable Object initial(Commands command, String flag) {
    return command.spec().findOption(flag).initialValue();
  }

  private static void assertDefault(Commands command, String flag, String value) {
    assertThat(String.valueOf(entries(page(command)).get(flag)), containsString("[" + value + "]"));
  }

  @ParameterizedTest
  @EnumSource(Commands.class)
  void everyFlagOfACommandIsOnItsPage(Commands command) {
    Set<String> onPage = found(FLAG, page(command));
    assertThat(onPage, is(not(empty())));
    CommandSpec run = Commands.RUN.spec();
    for (OptionSpec flag : command.spec().options()) {
      boolean isOfRun = command != Commands.RUN && run.findOption(flag.longestName()) != null;
      if (!flag.hidden() && (!isOfRun || command != Commands.PLAN)) {
        assertThat(onPage, hasItem(flag.longestName()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Commands.class)
  void noPageNamesAFlagThatIsNone(Commands command) {
    String prose = EXAMPLE.matcher(page(command)).replaceAll("");
    Set<String> flags = new TreeSet<>(command.spec().optionsMap().keySet());
    if (!Set.of(Commands.LOGIN, Commands.QUERY, Commands.STATUS).contains(command)) {
      flags.addAll(Commands.RUN.spec().optionsMap().keySet());
    }
    assertThat(found(FLAG, prose), everyItem(is(in(flags))));
  }

  @ParameterizedTest
  @EnumSource(Commands.class)
  void everyExampleIsInOrder(Commands command) throws BadInputException {
    List<MatchResult> examples = EXAMPLE.matcher(page(command)).results().toList();
    assertThat(examples, is(not(empty())));
    assertThat(
        "every example is seen",
        (long) examples.size(),
        is(page(command).lines().filter(line -> line.startsWith("  java -jar")).count()));
    for (MatchResult example : examples) {
      check(example.group(1).strip());
    }
  }

  @Test
  void theFormatsAreOnThePages() {
    for (String word : AnswerFormat.words()) {
      assertThat(
          String.valueOf(entries(page(Commands.QUERY)).get("--format")), containsString(word));
    }
    for (OutputFormat format : OutputFormat.values()) {
      assertThat(
          String.valueOf(entries(page(Commands.STATUS)).get("--format")),
          containsString(format.word()));
    }
  }

  private static void check(String example) throws BadInputException {
    String[] args =
        Pattern.compile("(?:[^ \"]|\"[^\"]*\")+")
            .matcher(example)
            .results()
            .map(arg -> arg.group().replace("\"", ""))
            .toArray(String[]::new);
    Commands command = Commands.isRun(args) ? Commands.RUN : Commands.named(args[0]);
    List<String> rest = Arrays.asList(args).subList(command == Commands.RUN ? 0 : 1, args.length);
    assertThat(
        example,
        Program.arguments(command, rest.toArray(new String[0])).problems().sentences(),
        is(empty()));
    if (command == Commands.QUERY) {
      // Its flags are looked at together, too.
      assertThat(JobRun.of(args).err(), matchesPattern("|--lake: there is no folder .*\\R"));
    }
  }

  /** What stands in brackets where a flag is not given. */
  private static Optional<String> defaultOf(Method getter) {
    if (getter.isAnnotationPresent(Default.Integer.class)) {
      return Optional.of("" + getter.getAnnotation(Default.Integer.class).value());
    } else if (getter.isAnnotationPresent(Default.Boolean.class)) {
      return Optional.of("" + getter.getAnnotation(Default.Boolean.class).value());
    } else if (getter.isAnnotationPresent(Default.String.class)) {
      String value = getter.getAnnotation(Default.String.class).value();
      return Optional.of(value.isEmpty() ? "none" : value);
    }
    return Optional.empty();
  }

  /** What a page says about each flag that has a line of its own. */
  private static Map<String, String> entries(String page) {
    Map<String, String> entries = new LinkedHashMap<>();
    ENTRY.matcher(page).results().forEach(entry -> entries.put(entry.group(1), entry.group()));
    return entries;
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(match.groupCount())));
    return found;
  }

  private static String page(Commands command) {
    JobRun help = JobRun.of(command.word(), "--help");
    assertThat(help.err(), help.exitCode(), is(0));
    assertThat(help.err(), is(""));
    return help.out();
  }
}
