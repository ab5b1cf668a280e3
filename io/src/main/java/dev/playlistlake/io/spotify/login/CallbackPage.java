package dev.playlistlake.io.spotify.login;

/**
 * The page that a user's browser shows at the end of a sign-in. It echoes nothing from a request.
 *
 * @param status HTTP status
 * @param title a few words
 * @param text what happened and what to do next
 */
record CallbackPage(int status, String title, String text) {
  static final CallbackPage NO_SUCH_PAGE =
      new CallbackPage(404, "Not here", "This address only takes the answer to a sign-in.");
  static final CallbackPage ONLY_GET =
      new CallbackPage(405, "Not like this", "This address is only looked at, with GET.");
  static final CallbackPage FOREIGN_STATE =
      new CallbackPage(
          400,
          "Not the sign-in that waits here",
          "This answer has a foreign state: it belongs to an earlier sign-in, or somebody else made"
              + " it. Nothing was done with it. The program goes on waiting: open the address that"
              + " it printed last.");
  static final CallbackPage NO_ANSWER =
      new CallbackPage(
          400,
          "Neither yes nor no",
          "This answer holds no code and no error. Nothing was done with it. The program goes on"
              + " waiting: open the address that it printed.");
  static final CallbackPage TAKEN_ALREADY =
      new CallbackPage(
          409,
          "Answered already",
          "The program has had an answer to this sign-in, and takes one only. Nothing was done with"
              + " this one. What became of the first one stands in the window where the program was"
              + " started.");

  static final CallbackPage TOO_LATE =
      new CallbackPage(
          410,
          "Too late",
          "The program has waited as long as it was told to, and has given up. Nothing is stored."
              + " Run login again, and open the address that it prints then.");

  static CallbackPage signedIn(String sentence) {
    return new CallbackPage(200, "Signed in", sentence + " You may close this window.");
  }

  static CallbackPage notSignedIn(String text) {
    return new CallbackPage(200, "Not signed in", text);
  }

  String html() {
    // The empty icon keeps browsers from requesting /favicon.ico.
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <link rel="icon" href="data:,">
        <title>%s - Playlist Lake</title>
        </head>
        <body>
        <h1>%s</h1>
        <p>%s</p>
        </body>
        </html>
        """
        .formatted(escaped(title), escaped(title), escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
