package dev.playlistlake.glue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both templates before AWS's linter, and copies of them with a mistake each. */
class LinterTest {
  private static final Path INFRASTRUCTURE = Path.of("infrastructure.yaml");
  private static final Path CATALOG = Path.of("catalog.yaml");

  /** A mistake, and what the linter has to say about it. */
  enum Mistake {
    WRONG_PROPERTY_NAME(
        "BytesScannedCutoffPerQuery:",
        "BytesScannedCutOffPerQuery:",
        "('BytesScannedCutOffPerQuery' was unexpected"),
    WRONG_PROPERTY_NAME_OF_A_TABLE(
        "PartitionKeys:", "PartitionedBy:", "('PartitionedBy' was unexpected"),
    WRONG_TYPE(
        "EnforceWorkGroupConfiguration: true",
        "EnforceWorkGroupConfiguration: sometimes",
        "'sometimes' is not of type 'boolean'"),
    WRONG_TYPE_OF_A_COLUMN(
        "Name: playlist_id", "Name: [playlist_id]", "['playlist_id'] is not of type 'string'"),
    MISSING_REQUIRED_PROPERTY(
        "      Database:\n        Ref: Database\n      WorkGroup:",
        "      WorkGroup:",
        "'Database' is a required property"),
    MISSING_ROLE_OF_THE_CRAWLER(
        "      Role:\n        Fn::GetAtt: [CrawlerRole, Arn]\n",
        "",
        "'Role' is a required property"),
    DANGLING_REFERENCE("Ref: WorkGroup", "Ref: Workgroup", "'Workgroup' does not reference"),
    DANGLING_REFERENCE_IN_A_TEXT(
        "${FirstDay},NOW", "${FristDay},NOW", "'${FristDay}' does not reference"),
    UNKNOWN_RESOURCE_TYPE(
        "AWS::Glue::Crawler", "AWS::Glue::Crawlers", "Unknown resource type 'AWS::Glue::Crawlers'"),
    VALUE_OUT_OF_A_LIST("DeleteBehavior: LOG", "DeleteBehavior: FORGET", "'FORGET' is not one of"),
    WRONG_DELETION_POLICY(
        "DeletionPolicy: RetainExceptOnCreate",
        "DeletionPolicy: RetainExceptAtCreate",
        "DeletionPolicy must be one of"),
    WRONG_SIDE_WITH_A_KEY(
        "EncryptionOption: SSE_KMS", "EncryptionOption: SSE_KEY", "'SSE_KEY' is not one of"),
    WRONG_SIDE_WITHOUT_A_KEY(
        "SSEAlgorithm: AES256", "SSEAlgorithm: AES257", "'AES257' is not one of");

    private final String right;
    private final String wrong;
    private final String complaint;

    Mistake(String right, String wrong, String complaint) {
      this.right = right;
      this.wrong = wrong;
      this.complaint = complaint;
    }

    String file() {
      return name() + ".yaml";
    }

    /** The first template in which the mistake can be made, with the mistake in its first place. */
    String in(List<String> templates) {
      String template = templates.stream().filter(t -> t.contains(right)).findFirst().orElse("");
      int place = template.indexOf(right);
      assertThat(right + " is in a template", place, not(-1));
      return template.substring(0, place) + wrong + template.substring(place + right.length());
    }
  }

  @SuppressWarnings("NullAway.Init") // set before all
  private static JsonNode answers;

  /** All in one process: the linter takes longer to start than to read. */
  @BeforeAll
  static void lint(@TempDir Path folder) throws IOException, InterruptedException {
    List<String> templates = new ArrayList<>();
    List<Path> files = new ArrayList<>(List.of(INFRASTRUCTURE, CATALOG));
    for (Path file : files) {
      templates.add(Files.readString(file));
    }
    for (Mistake mistake : Mistake.values()) {
      files.add(Files.writeString(folder.resolve(mistake.file()), mistake.in(templates)));
    }
    answers = Linter.check(files);
  }

  @ParameterizedTest
  @ValueSource(strings = {"infrastructure.yaml", "catalog.yaml"})
  void templateIsAccepted(String template) {
    assertThat(answers.path(template).toPrettyString(), is("[ ]"));
  }

  @ParameterizedTest
  @EnumSource
  void mistakeIsRejected(Mistake mistake) {
    assertThat(answers.path(mistake.file()).toString(), containsString(mistake.complaint));
  }
}
