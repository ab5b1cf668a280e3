package dev.playlistlake.pipeline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.playlistlake.pipeline.cli.offender.KnowsJobs;
import dev.playlistlake.pipeline.offenderone.KnowsMain;
import dev.playlistlake.pipeline.offenderone.OneOfTwo;
import dev.playlistlake.pipeline.offendertwo.TwoOfTwo;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** House rules, each with its reason, and each with an offender that it must find. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.playlistlake");

  private static final int MOST_CLASSES = 25;

  static final ArchRule MODEL_IS_PLAIN =
      classes()
          .that()
          .resideInAPackage("..playlistlake.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "dev.playlistlake.model..")
          .because("the domain is understood without knowing Beam");

  static final ArchRule TRANSFORMS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage("..playlistlake.transforms..", "..playlistlake.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.playlistlake.io..",
              "se.michaelthelin..",
              "software.amazon..",
              "org.apache.hadoop..",
              "org.apache.parquet..",
              "java.net..",
              "java.nio.file..")
          .because("what is shaped must depend on the elements alone (invariant I5)");

  static final ArchRule ONE_PLACE_KNOWS_SPOTIFYS_LIBRARY =
      noClasses()
          .that()
          .resideOutsideOfPackage("..io.spotify..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("se.michaelthelin..")
          .because("its models lose fields silently; only requests are built with it");

  static final ArchRule OPTIONS_END_AT_THE_DOOR =
      noClasses()
          .that()
          .resideOutsideOfPackage("..playlistlake.pipeline..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(PipelineOptions.class)
          .because("flags become a LakeJob once; what is serialized holds no options");

  static final ArchRule NOBODY_KNOWS_THE_MAIN_MODULE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..playlistlake.pipeline..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..playlistlake.pipeline..")
          .because("dependencies point inward: pipeline -> io -> transforms");

  static final ArchRule FNS_ARE_NAMED =
      classes()
          .that()
          .areAssignableTo(DoFn.class)
          .should()
          .haveSimpleNameEndingWith("Fn")
          .andShould(beTopLevelOrStatic())
          .because("an inner or anonymous DoFn drags its surroundings into the serialized graph");

  static final ArchRule TRANSFORMS_ARE_FINAL =
      classes()
          .that()
          .areAssignableTo(PTransform.class)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .because("transforms are composed, not inherited");

  static final ArchRule TAGS_STAY_INSIDE =
      fields()
          .that()
          .haveRawType(TupleTag.class)
          .should()
          .notBePublic()
          .because("outputs are reached by name, not by tag");

  static final ArchRule NO_STATIC_STATE =
      noFields()
          .that()
          .areStatic()
          .should()
          .notBeFinal()
          .because("workers share a JVM: static state leaks from one run into another");

  static final ArchRule NO_LIBRARIES_OF_BEAMS_OWN =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam.vendor..", "org.apache.beam.repackaged..")
          .because("they move with every Beam release");

  static final ArchRule COMMANDS_FORM_NO_CYCLE =
      slices()
          .matching("dev.playlistlake.pipeline.(*)..")
          .should()
          .beFreeOfCycles()
          .because("commands see run, run sees job, job sees cli");

  static final ArchRule THE_COMMAND_LINE_IS_A_LEAF =
      noClasses()
          .that()
          .resideInAPackage("..playlistlake.pipeline.cli..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("..playlistlake.pipeline..")
                  .and(resideOutsideOfPackage("..playlistlake.pipeline.cli")))
          .because("every command stands on it");

  static final ArchRule NOBODY_KNOWS_MAIN =
      noClasses()
          .that()
          .resideInAPackage("dev.playlistlake.pipeline.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.playlistlake.pipeline")
          .because("it assembles the commands, and they do not know one another through it");

  static final ArchRule PACKAGES_ARE_SMALL =
      classes()
          .should(shareTheirPackageWithFewOthers())
          .because("a package is to be understood at once");

  static Stream<Arguments> rules() {
    Class<?> readsFiles = dev.playlistlake.transforms.offender.ReadsFiles.class;
    return Stream.of(
        planted(MODEL_IS_PLAIN, dev.playlistlake.model.offender.KnowsBeam.class),
        planted(TRANSFORMS_ARE_PURE, readsFiles),
        planted(ONE_PLACE_KNOWS_SPOTIFYS_LIBRARY, Offenders.UsesSpotifysLibrary.class),
        planted(OPTIONS_END_AT_THE_DOOR, readsFiles),
        planted(NOBODY_KNOWS_THE_MAIN_MODULE, readsFiles),
        planted(FNS_ARE_NAMED, Offenders.Unnamed.class),
        planted(TRANSFORMS_ARE_FINAL, Offenders.OpenTransform.class),
        planted(TAGS_STAY_INSIDE, Offenders.OpenTransform.class),
        planted(NO_STATIC_STATE, Offenders.OpenTransform.class),
        planted(NO_LIBRARIES_OF_BEAMS_OWN, Offenders.UsesVendored.class),
        planted(COMMANDS_FORM_NO_CYCLE, OneOfTwo.class, TwoOfTwo.class),
        planted(THE_COMMAND_LINE_IS_A_LEAF, KnowsJobs.class),
        planted(NOBODY_KNOWS_MAIN, KnowsMain.class),
        Arguments.of(
            PACKAGES_ARE_SMALL, new ClassFileImporter().importPackages("org.junit.jupiter.api")));
  }

  private static Arguments planted(ArchRule rule, Class<?>... offenders) {
    return Arguments.of(rule, new ClassFileImporter().importClasses(offenders));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void holds(ArchRule rule, JavaClasses offenders) {
    rule.check(OURS);
    assertThat("finds its offender", rule.evaluate(offenders).hasViolation(), is(true));
  }

  private static ArchCondition<JavaClass> shareTheirPackageWithFewOthers() {
    return new ArchCondition<>("be at most %d a package".formatted(MOST_CLASSES)) {
      private final Map<String, Integer> sizes = new TreeMap<>();

      @Override
      public void init(Collection<JavaClass> all) {
        sizes.clear();
      }

      @Override
      public void check(JavaClass each, ConditionEvents events) {
        if (!each.isNestedClass() && !each.getSimpleName().equals("package-info")) {
          sizes.merge(each.getPackageName(), 1, Integer::sum);
        }
      }

      @Override
      public void finish(ConditionEvents events) {
        sizes.forEach(
            (name, size) ->
                events.add(
                    new SimpleConditionEvent(
                        name, size <= MOST_CLASSES, name + " has " + size + " classes")));
      }
    };
  }

  private static ArchCondition<JavaClass> beTopLevelOrStatic() {
    return new ArchCondition<>("be top-level or static") {
      @Override
      public void check(JavaClass fn, ConditionEvents events) {
        boolean nested = fn.isNestedClass();
        boolean good =
            !fn.isAnonymousClass() && (!nested || fn.getModifiers().contains(JavaModifier.STATIC));
        events.add(new SimpleConditionEvent(fn, good, fn.getName() + " is an inner class"));
      }
    };
  }

  /** Classes that break the rules, to see that the rules bite. */
  static final class Offenders {
    private Offenders() {}

    static final class UsesSpotifysLibrary {
      private se.michaelthelin.spotify.@org.jspecify.annotations.Nullable SpotifyApi api;

      boolean isSet() {
        return api != null;
      }
    }

    static final class Unnamed extends DoFn<String, String> {}

    @SuppressWarnings({"NonFinalStaticField", "UnnecessarilyFullyQualified"})
    static class OpenTransform extends PTransform<PCollection<String>, PCollection<String>> {
      public static final TupleTag<String> TAG = new TupleTag<>("tag");
      static int calls = 0;

      @Override
      public PCollection<String> expand(PCollection<String> input) {
        calls++;
        return input;
      }
    }

    static final class UsesVendored {
      static final SerializableFunction<String, Object> LIST =
          org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.ImmutableList::of;
    }
  }
}
