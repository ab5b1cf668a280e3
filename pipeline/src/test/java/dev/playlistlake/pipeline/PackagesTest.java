package dev.playlistlake.pipeline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.playlistlake.io.spotify.api.PacesRequests;
import dev.playlistlake.io.spotify.forecast.ParsesAgain;
import dev.playlistlake.io.spotify.parse.SendsRequests;
import dev.playlistlake.io.spotify.rate.KnowsSpotify;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom among the packages of {@code io}, each rule with an offender it must find. */
class PackagesTest {
  private static final String SPOTIFY = "dev.playlistlake.io.spotify.";
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.playlistlake");

  /** What a job is made of; everything else of {@code io.spotify} is its own affair. */
  private static final Set<String> FACADE =
      Set.of(
          "api.KnownRefusal",
          "auth.CredentialsFile",
          "auth.CredentialsRef",
          "auth.LoginGrant",
          "auth.SignInNotices",
          "fetch.LiveNumbers",
          "fetch.SpotifySettings",
          "fetch.StopRequest",
          "http.HttpSettings",
          "stored.Enrichment",
          "stored.LibraryScope",
          "stored.RefreshPolicy");

  static final ArchRule ONLY_RESPONSES_BEHIND_THE_REQUESTS =
      noClasses()
          .that()
          .resideInAnyPackage("..spotify.parse..", "..spotify.reading..", "..spotify.stored..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..spotify.http..",
              "..spotify.auth..",
              "..spotify.fetch..",
              "..spotify.land..",
              "java.net.http..",
              "org.apache.hc..")
          .because("rows come from stored responses alone, so that a replay gives the same ones");

  static final ArchRule API_IS_DATA =
      noClasses()
          .that()
          .resideInAPackage("..spotify.api..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.playlistlake.io..")
                  .and(DescribedPredicate.not(resideInAPackage("..spotify.api.."))))
          .because("what the Web API says is understood without network or lake");

  static final ArchRule RATE_IS_A_LEAF =
      noClasses()
          .that()
          .resideInAPackage("..spotify.rate..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.playlistlake.io..")
                  .and(DescribedPredicate.not(resideInAPackage("..spotify.rate.."))))
          .because("the rate limiter is tested without anything else");

  static final ArchRule FORECASTS_AND_LOGINS_ARE_ENDS =
      noClasses()
          .that()
          .resideInAPackage("dev.playlistlake.io..")
          .and()
          .resideOutsideOfPackages("..spotify.forecast..", "..spotify.login..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..spotify.forecast..", "..spotify.login..")
          .because("a run needs neither");

  static final ArchRule OUTSIDE_ONLY_THE_FACADE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..io.spotify..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.playlistlake.io.spotify..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(
                              "..spotify.land..",
                              "..spotify.parse..",
                              "..spotify.users..",
                              "..spotify.login..",
                              "..spotify.forecast..")))
                  .and(
                      DescribedPredicate.describe(
                          "are not of the facade", type -> !FACADE.contains(afterSpotify(type)))))
          .because("a caller needs the transforms and the settings, not how requests are made");

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(ONLY_RESPONSES_BEHIND_THE_REQUESTS, SendsRequests.class),
        Arguments.of(API_IS_DATA, PacesRequests.class),
        Arguments.of(RATE_IS_A_LEAF, KnowsSpotify.class),
        Arguments.of(FORECASTS_AND_LOGINS_ARE_ENDS, SendsRequests.class),
        Arguments.of(OUTSIDE_ONLY_THE_FACADE, Outsider.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void holds(ArchRule rule, Class<?> offender) {
    rule.check(OURS);
    JavaClasses planted = new ClassFileImporter().importClasses(offender);
    assertThat("finds its offender", rule.evaluate(planted).hasViolation(), is(true));
  }

  @Test
  void noPackagesGoInCircles() {
    ArchRule rule = slices().matching("dev.playlistlake.(**)").should().beFreeOfCycles();
    rule.check(OURS);
    JavaClasses circle =
        new ClassFileImporter().importClasses(SendsRequests.class, ParsesAgain.class);
    assertThat(
        "finds its offender",
        slices()
            .matching("dev.playlistlake.(**)")
            .should()
            .beFreeOfCycles()
            .evaluate(circle)
            .hasViolation(),
        is(true));
  }

  private static String afterSpotify(JavaClass type) {
    String name = type.getName();
    int nested = name.indexOf('$');
    return name.substring(SPOTIFY.length(), nested < 0 ? name.length() : nested);
  }

  /** An offender: a caller that looks inside. */
  record Outsider(PacesRequests inside) {}
}
