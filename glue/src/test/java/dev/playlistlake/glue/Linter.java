package dev.playlistlake.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.testing.Required;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * AWS's own linter, which knows the schema of every resource type. npm brings it into the build
 * folder, at exactly this version; nothing of it is in the project.
 */
final class Linter {
  private static final String PACKAGE = "@aws/cloudformation-validate";
  private static final String VERSION = "1.9.0-beta";
  private static final Path FOLDER = Path.of("target", "linter");

  private Linter() {}

  /**
   * What the linter has against each file, INFO left out.
   *
   * @return file name to a list of diagnostics
   */
  static JsonNode check(List<Path> templates) throws IOException, InterruptedException {
    install();
    Path script = FOLDER.resolve("lint.js");
    try (InputStream in = Linter.class.getResourceAsStream("lint.js")) {
      Files.write(script, in == null ? new byte[0] : in.readAllBytes());
    }
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    command.add(FOLDER.resolve("node_modules").toString());
    templates.forEach(template -> command.add(template.toString()));
    Result result = run(Duration.ofMinutes(2), command);
    if (result.exitCode != 0) {
      throw new IOException("the linter failed: " + result.output);
    }
    return new ObjectMapper().readTree(result.output);
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    requireTool("node");
    Path manifest = FOLDER.resolve("node_modules").resolve(PACKAGE).resolve("package.json");
    if (Files.exists(manifest)
        && new ObjectMapper()
            .readTree(manifest.toFile())
            .path("version")
            .asText()
            .equals(VERSION)) {
      return;
    }
    requireTool("npm");
    Result result =
        run(
            Duration.ofMinutes(2),
            List.of(
                "npm",
                "install",
                "--prefix",
                FOLDER.toString(),
                "--prefer-offline",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--no-save",
                PACKAGE + "@" + VERSION));
    if (result.exitCode != 0) {
      Required.orSkip("linter", "npm cannot install " + PACKAGE + ": " + result.output);
    }
  }

  private static void requireTool(String tool) throws InterruptedException {
    try {
      run(Duration.ofMinutes(1), List.of(tool, "--version"));
    } catch (IOException e) {
      Required.orSkip("linter", "no " + tool + " here (" + e.getMessage() + ")");
    }
  }

  private record Result(int exitCode, String output) {}

  /** Runs a command to its end; one that takes longer than the limit is ended, and is a failure. */
  private static Result run(Duration limit, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(FOLDER, "output", ".txt");
    Path errors = Files.createTempFile(FOLDER, "errors", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        return new Result(-1, "ended after " + limit);
      }
      int exitCode = process.exitValue();
      return new Result(
          exitCode,
          Files.readString(exitCode == 0 ? output : errors, StandardCharsets.UTF_8).strip());
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
