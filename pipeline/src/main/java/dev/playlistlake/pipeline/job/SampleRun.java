package dev.playlistlake.pipeline.job;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SampleServer;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The main job on embedded sample data, for a call without list or lake: a stand-in for Spotify
 * inside this process responds over real HTTP.
 */
public final class SampleRun implements AutoCloseable {
  /** The sample shows two gaps: a forbidden and a missing playlist. */
  private static final int GAPS_ON_PURPOSE = 2;

  private final @Nullable SampleServer server;

  private SampleRun(@Nullable SampleServer server) {
    this.server = server;
  }

  /** Starts the sample and points the options at it, if they call for it. */
  public static SampleRun prepare(JobFlags flags) {
    LakeOptions options = flags.options();
    boolean placesGiven =
        options.getPlaylists() != null
            || options.getLake() != null
            || !options.getFrom().equals("api");
    if (placesGiven || !flags.problems().isEmpty()) {
      return new SampleRun(null);
    }
    SampleServer server = SampleServer.start();
    options.setPlaylists(String.join(",", SampleCatalog.playlistEntries()));
    options.setLake("./lake-sample");
    options.setApiUrl(server.url().toString());
    options.setAccountsUrl(server.url().toString());
    options.setCredentials(CredentialsRef.sample().written());
    if (options.getMaxRejected() == null) {
      options.setMaxRejected(GAPS_ON_PURPOSE);
    }
    return new SampleRun(server);
  }

  /** Whether this run uses the sample. */
  public boolean isOn() {
    return server != null;
  }

  /** Prints what to do after the sample. */
  public void printNextStep(PrintStream out) {
    if (server != null) {
      out.println(
          "That was invented sample data. Your own: login --credentials=file:spotify.env, then"
              + " --playlists=me --credentials=file:spotify.env; README says what they need.");
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
