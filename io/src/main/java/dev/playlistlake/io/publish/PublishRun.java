package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of every run: waits for all evidence (every file in place, every row counted), audits it,
 * and writes the run's row, which makes its files count (decision 27). In: evidence from all parts
 * of the graph, combined only here. Out: that row. Safe to repeat.
 */
public final class PublishRun
    extends PTransform<PCollectionList<AuditEvidence>, PCollection<RunRow>> {
  private static final Logger LOG = LoggerFactory.getLogger(PublishRun.class);
  private static final int MOST_FINDINGS_SHOWN = 20;

  private final RunFacts facts;

  private PublishRun(RunFacts facts) {
    this.facts = facts;
  }

  public static PublishRun of(RunFacts facts) {
    return new PublishRun(facts);
  }

  @Override
  public PCollection<RunRow> expand(PCollectionList<AuditEvidence> evidence) {
    return evidence
        .apply("All evidence", Flatten.pCollections())
        .apply("One key for all", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), SerializableCoder.of(AuditEvidence.class)))
        .apply("Wait for all evidence", GroupByKey.create())
        .apply("Audit", ParDo.of(new AuditFn(facts)))
        .apply("Commit", ParDo.of(new CommitFn(facts.layout())));
  }

  private static final class AuditFn extends DoFn<KV<Integer, Iterable<AuditEvidence>>, RunRow> {
    private final RunFacts facts;

    AuditFn(RunFacts facts) {
      this.facts = facts;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<AuditEvidence>> all, OutputReceiver<RunRow> out) {
      Audit audit = new Audit(facts);
      all.getValue().forEach(audit::take);
      List<String> findings = audit.findings();
      findings.stream()
          .limit(MOST_FINDINGS_SHOWN)
          .forEach(finding -> LOG.error("Audit: {}", ForeignText.oneLine(finding)));
      RunRow verdict = audit.verdict(findings.isEmpty(), facts.now());
      out.output(verdict);
    }
  }

  private static final class CommitFn extends DoFn<RunRow, RunRow> {
    private final LakeLayout layout;

    CommitFn(LakeLayout layout) {
      this.layout = layout;
    }

    @ProcessElement
    public void process(@Element RunRow run, OutputReceiver<RunRow> out) {
      RunRecord commit = new RunRecord(layout);
      if (RunStatus.NOT_AUTHORISED.equals(run.status())
          || RunStatus.UNREACHABLE.equals(run.status())) {
        commit.removeData(layout.runId());
      }
      commit.writeRow(run);
      try {
        if (RunStatus.PUBLISHED.equals(run.status())) {
          commit.removeSuperseded();
        }
        commit.removeTemporaryFiles();
      } catch (LakeException e) {
        // The run already counts: leftover files are only untidy.
        LOG.warn("The run is written, but older files stay: {}", e.getMessage());
      }
      out.output(run);
    }
  }
}
