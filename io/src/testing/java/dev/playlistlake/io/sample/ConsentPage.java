package dev.playlistlake.io.sample;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /authorize} of accounts.spotify.com: a page that asks for consent with two buttons.
 * They post to the same address, which redirects the browser to the app.
 */
final class ConsentPage {
  private static final Set<String> SCOPES =
      Set.of("playlist-read-private", "playlist-read-collaborative", "user-library-read");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

  private final StandInOptions options;
  private final TokenService tokens;

  ConsentPage(StandInOptions options, TokenService tokens) {
    this.options = options;
    this.tokens = tokens;
  }

  Response respond(String method, String query, String form) {
    Map<String, String> parameters = Query.parse(query);
    String problem = problem(parameters);
    if (!problem.isEmpty()) {
      return page(400, "<p id=\"problem\">" + problem + "</p>");
    } else if (method.equals("GET")) {
      return page(
          200,
          """
          <p>May the app read: %s?</p>
          <form method="post" action="/authorize?%s">
          <button id="agree" name="decision" value="agree">Agree</button>
          <button id="cancel" name="decision" value="cancel">Cancel</button>
          </form>"""
              .formatted(
                  String.join(", ", scopes(parameters)),
                  query.replace("&", "&amp;").replace("\"", "&quot;")));
    } else if (method.equals("POST")) {
      return redirect(
          parameters, Query.parse(form).getOrDefault("decision", "cancel").equals("agree"));
    }
    return Response.error(405, "Method not allowed");
  }

  private String problem(Map<String, String> parameters) {
    if (!options.clientId().equals(parameters.get("client_id"))) {
      return "INVALID_CLIENT: Invalid client";
    } else if (!isLoopback(parameters.getOrDefault("redirect_uri", ""))) {
      return "INVALID_CLIENT: Invalid redirect URI";
    } else if (!"code".equals(parameters.get("response_type"))) {
      return "response_type must be code";
    } else if (!SCOPES.containsAll(scopes(parameters))) {
      return "INVALID_SCOPE: Invalid scope";
    } else if (parameters.getOrDefault("state", "").isEmpty()) {
      return "state is missing";
    } else if (!"S256".equals(parameters.get("code_challenge_method"))) {
      return "code_challenge_method must be S256";
    } else if (!parameters.getOrDefault("code_challenge", "").matches("[A-Za-z0-9_-]{43}")) {
      return "code_challenge must be a SHA-256";
    }
    return "";
  }

  /** Matches the registered URI http://127.0.0.1/callback with any port. */
  private static boolean isLoopback(String redirectUri) {
    try {
      URI uri = URI.create(redirectUri);
      return "http".equals(uri.getScheme())
          && uri.getHost() != null
          && LOOPBACK.contains(uri.getHost())
          && "/callback".equals(uri.getPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> scopes(Map<String, String> parameters) {
    return List.of(parameters.getOrDefault("scope", "").strip().split("\\s+"));
  }

  private Response redirect(Map<String, String> parameters, boolean agreed) {
    String redirectUri = parameters.getOrDefault("redirect_uri", "");
    String outcome =
        agreed
            ? "code="
                + tokens.newCode(
                    redirectUri, parameters.getOrDefault("code_challenge", ""), scopes(parameters))
            : "error=access_denied";
    String state = URLEncoder.encode(parameters.getOrDefault("state", ""), StandardCharsets.UTF_8);
    return page(303, "").withHeader("Location", redirectUri + "?" + outcome + "&state=" + state);
  }

  private static Response page(int status, String body) {
    String html = "<!doctype html><title>Stand-in</title><body>" + body + "</body>";
    return Response.bytes(
        status, html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
  }
}
