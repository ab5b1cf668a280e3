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
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.job.LakeOptions;
import dev.playlistlake.pipeline.login.LoginFlags;
import dev.playlistlake.pipeline.plan.PlanFlags;
import dev.playlistlake.pipeline.query.QueryFlags;
import dev.playlistlake.pipeline.status.StatusFlags;
import dev.playlistlake.queries.output.AnswerFormat;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** Those who read a command's flags; they say what is wrong by an exception. */
  private static final Map<Command, Reader> READERS =
      Map.of(
          Command.LOGIN, LoginFlags::parse,
          Command.PLAN, HelpTest::planFlags,
          Command.QUERY, QueryFlags::parse,
          Command.STATUS, StatusFlags::parse);

  private interface Reader {
    Object read(List<String> args) throws BadInputException;
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void aPageIsAsItWas(Command command) throws IOException {
    Path golden = Path.of("src/test/resources/help", command.word() + ".txt");
    String page = page(command);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, page);
    }
    String refresh =
        "if this change is meant: mvn -pl transforms,athena-queries,io,pipeline test"
            + " -Dtest=HelpTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update=true";
    assertThat(golden + " is not there; " + refresh, Files.exists(golden), is(true));
    assertThat(refresh, page, is(Files.readString(golden)));
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void aPageFitsAScreenAndIsPlainText(Command command) {
    List<String> lines = page(command).lines().toList();
    assertThat(lines.size(), is(lessThanOrEqualTo(MOST_LINES)));
    for (String line : lines) {
      assertThat(line, line.length(), is(lessThanOrEqualTo(MOST_COLUMNS)));
      assertThat(line, is(line.stripTrailing()));
      assertThat(line, line.matches("[ -~]*"), is(true));
    }
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void everyWayToAskGivesTheSamePage(Command command) {
    String page = page(command);
    assertThat(JobRun.of(command.word(), "--nonsense", "--help").out(), is(page));
    assertThat(JobRun.of("help", command.word()).out(), is(page));
  }

  @Test
  void theProgramsPageIsThatOfHelp() {
    String page = page(Command.HELP);
    assertThat(JobRun.of("help").out(), is(page));
    assertThat(JobRun.of("--lake=x", "--help").out(), is(page));
    assertThat(JobRun.of("--help", "--nonsense").out(), is(page));
  }

  @Test
  void theProgramsPageNamesTheCommands() {
    String commands = page(Command.HELP).split("\n\n", 3)[1];
    Set<String> named = found(Pattern.compile("(?m)^  (\\w+)  "), commands);
    Set<String> there = new TreeSet<>();
    for (Command command : Command.values()) {
      there.add(command.word());
    }
    assertThat(named, is(there));
  }

  @Test
  void everyFlagOfARunIsThereWithItsDefault() {
    Map<String, String> entries = entries(page(Command.HELP));
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
  void theDefaultsOfCommandsAreThoseOfTheCode() throws BadInputException {
    assertDefault(Command.LOGIN, "--timeout", "" + LoginFlags.SECONDS);
    assertDefault(Command.LOGIN, "--credentials", login().credentials().written());
    assertDefault(Command.STATUS, "--lake", FlagValues.DEFAULT_LAKE);
    StatusFlags status = StatusFlags.parse(List.of());
    assertDefault(Command.STATUS, "--format", status.format().word());
    assertDefault(Command.PLAN, "--format", planFlags(List.of()).format().word());
    assertDefault(Command.QUERY, "--lake", FlagValues.DEFAULT_LAKE);
    QueryFlags query = QueryFlags.parse(List.of("--list"));
    assertDefault(Command.QUERY, "--format", query.format().word());
  }

  private static LoginFlags login() throws BadInputException {
    LoginFlags flags = LoginFlags.parse(List.of());
    assertThat(flags.timeout().toSeconds(), is((long) LoginFlags.SECONDS));
    assertThat("any that is free", flags.port(), is(0));
    return flags;
  }

  private static void assertDefault(Command command, String flag, String value) {
    assertThat(String.valueOf(entries(page(command)).get(flag)), containsString("[" + value + "]"));
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void everyFlagOfACommandIsOnItsPage(Command command) {
    Set<String> onPage = found(FLAG, page(command));
    assertThat(onPage, is(not(empty())));
    for (String flag : command.flags()) {
      assertThat(onPage, hasItem(flag));
    }
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void noPageNamesAFlagThatIsNone(Command command) {
    String prose = EXAMPLE.matcher(page(command)).replaceAll("");
    Set<String> flags = new TreeSet<>(command.flags());
    if (command == Command.HELP || command == Command.PLAN) {
      FlagOwners.names(LakeOptions.class).forEach(name -> flags.add("--" + name));
    }
    assertThat(found(FLAG, prose), everyItem(is(in(flags))));
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void everyExampleIsInOrder(Command command) {
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
  void everyCommandsFlagsAreRead() {
    assertThat(
        "what reads its flags is to stand in READERS",
        EnumSet.complementOf(EnumSet.of(Command.HELP)),
        is(READERS.keySet()));
  }

  @Test
  void theFormatsAreOnThePages() {
    for (String word : AnswerFormat.words()) {
      assertThat(
          String.valueOf(entries(page(Command.QUERY)).get("--format")), containsString(word));
    }
    for (StatusFlags.Format format : StatusFlags.Format.values()) {
      assertThat(
          String.valueOf(entries(page(Command.STATUS)).get("--format")),
          containsString(format.word()));
    }
  }

  private static void check(String example) {
    String[] args =
        Pattern.compile("(?:[^ \"]|\"[^\"]*\")+")
            .matcher(example)
            .results()
            .map(arg -> arg.group().replace("\"", ""))
            .toArray(String[]::new);
    Command command = Command.of(args).orElse(null);
    if (command == null) {
      assertThat(example, CommandLine.parse(args).problems(), is(empty()));
    } else {
      Reader reader = READERS.getOrDefault(command, rest -> rest);
      List<String> rest = Arrays.asList(args).subList(1, args.length);
      assertDoesNotThrow(() -> reader.read(rest), example);
    }
  }

  private static PlanFlags planFlags(List<String> args) throws BadInputException {
    PlanFlags flags = PlanFlags.parse(args.toArray(new String[0]));
    if (!flags.line().problems().isEmpty()) {
      throw new BadInputException(flags.line().problems());
    }
    return flags;
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

  private static String page(Command command) {
    JobRun help = JobRun.of(command.word(), "--help");
    assertThat(help.err(), help.exitCode(), is(0));
    assertThat(help.err(), is(""));
    return help.out();
  }
}
