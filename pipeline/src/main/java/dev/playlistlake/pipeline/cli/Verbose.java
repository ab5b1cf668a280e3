package dev.playlistlake.pipeline.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets this program and Beam say more. Nobody else: an HTTP client would log tokens. */
public final class Verbose {
  private static final Logger LOG = LoggerFactory.getLogger(Verbose.class);

  private Verbose() {}

  /** In this process; where the back end of the log is not Log4j, that one's settings stand. */
  public static void on() {
    try {
      Log4j.raiseLevels();
    } catch (LinkageError e) {
      LOG.info("--verbose: the log is not Log4j's here, its own settings say how much it tells");
    }
  }

  /** Apart, as it can only be linked where Log4j is. */
  private static final class Log4j {
    static void raiseLevels() {
      Configurator.setLevel("dev.playlistlake", Level.DEBUG);
      Configurator.setLevel("org.apache.beam", Level.INFO);
      Configurator.setLevel("org.apache.beam.runners.flink.FlinkRunner", Level.INFO);
    }
  }
}
