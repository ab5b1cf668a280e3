package dev.playlistlake.io.spotify.auth;

import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.proxy.AwsHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/** AWS Secrets Manager; uses one of its calls. Secrets are named by their ARN. */
final class SecretsManager implements SecretStore {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws(?:-[a-z]+)*:secretsmanager:([a-z]+(?:-[a-z]+)+-\\d+):\\d{12}"
              + ":secret:[A-Za-z0-9/_+=.@-]+");
  private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,60}");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final AwsCredentialsProvider credentials;
  private final @Nullable URI endpoint;

  /** The real one: the AWS SDK finds region and credentials. */
  SecretsManager() {
    this(DefaultCredentialsProvider.create(), null);
  }

  SecretsManager(AwsCredentialsProvider credentials, @Nullable URI endpoint) {
    this.credentials = credentials;
    this.endpoint = endpoint;
  }

  /** Whether this is the ARN of a secret. */
  static boolean isArn(String written) {
    return ARN.matcher(written).matches();
  }

  @Override
  public String text(String arn) throws SignInException, IOException {
    AwsCredentials resolved = awsCredentials();
    try (SecretsManagerClient client = client(arn, resolved)) {
      String text = client.getSecretValue(request -> request.secretId(arn)).secretString();
      if (text == null) {
        throw missing("the secret is binary, not text");
      }
      return text;
    } catch (AwsServiceException e) {
      throw refusal(e);
    } catch (SdkClientException e) {
      throw new IOException("AWS Secrets Manager does not answer: " + LakeFiles.words(e), e);
    }
  }

  private AwsCredentials awsCredentials() throws SignInException {
    try {
      return credentials.resolveCredentials();
    } catch (SdkClientException e) {
      // The SDK's own message lists every place it searched.
      throw missing(
          "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a"
              + " role");
    }
  }

  private SecretsManagerClient client(String arn, AwsCredentials resolved) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not the ARN of a secret");
    }
    SecretsManagerClientBuilder builder =
        SecretsManagerClient.builder()
            .region(Region.of(parts.group(1)))
            .httpClientBuilder(AwsHttp.client())
            .credentialsProvider(StaticCredentialsProvider.create(resolved))
            // The sign-in already retries.
            .overrideConfiguration(
                override -> override.retryPolicy(RetryPolicy.none()).apiCallTimeout(TIMEOUT));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }

  /** The part of AWS's error that can be repeated: its code, not its message. */
  private static SignInException refusal(AwsServiceException e) throws IOException {
    AwsErrorDetails details = e.awsErrorDetails();
    String said = details == null ? null : details.errorCode();
    String code = said != null && CODE.matcher(said).matches() ? said : "status " + e.statusCode();
    if (e.statusCode() >= 500 || e.isThrottlingException()) {
      throw new IOException("AWS Secrets Manager answered " + code);
    }
    return missing(
        switch (code) {
          case "ResourceNotFoundException" -> "AWS knows no such secret";
          case "AccessDeniedException" ->
              "AWS does not let these AWS credentials read the secret; they need"
                  + " secretsmanager:GetSecretValue, and kms:Decrypt for a key of your own";
          default -> "AWS does not give the secret: " + code;
        });
  }

  private static SignInException missing(String why) {
    return new SignInException(SignInException.MISSING_CREDENTIALS, why);
  }
}
