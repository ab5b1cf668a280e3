package dev.playlistlake.transforms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Gives rows to a pipeline in any order, from several sources. */
public record Scattering(Pipeline pipeline, Random random) {
  public <T> PCollection<T> of(String name, Collection<T> rows, Class<T> type) {
    List<T> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    int parts = 1 + random.nextInt(2);
    PCollectionList<T> sources = PCollectionList.empty(pipeline);
    for (int part = 0; part < parts; part++) {
      List<T> of =
          shuffled.subList(shuffled.size() * part / parts, shuffled.size() * (part + 1) / parts);
      sources =
          sources.and(
              pipeline.apply(name + " " + part, Create.of(of).withType(TypeDescriptor.of(type))));
    }
    return sources.apply(name, Flatten.pCollections());
  }
}
