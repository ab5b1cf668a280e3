package dev.playlistlake.pipeline.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes only this program and Beam log more: an HTTP client would log tokens. */
public final class Verbose {
  private static final Logger LOG = LoggerFactory.getLogger(Verbose.class);

  private Verbose() {}

  /** For this process; a log back end other than Log4j keeps its settings. */
  public static void on() {
    try {
      Log4j.raiseLevels();
    } catch (LinkageError e) {
      LOG.info("--verbose: the log is not Log4j's here, its own settings say how much it tells");
    }
  }

  /** Its own class, since it links only where Log4j is present. */
  private static final class Log4j {
    static void raiseLevels() {
      Configurator.setLevel("dev.playlistlake", Level.DEBUG);
      Configurator.setLevel("org.apache.beam", Level.INFO);
      Configurator.setLevel("org.apache.beam.runners.flink.FlinkRunner", Level.INFO);
    }
  }
}
