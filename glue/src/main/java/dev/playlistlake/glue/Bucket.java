package dev.playlistlake.glue;

import static dev.playlistlake.glue.Cfn.map;
import static dev.playlistlake.glue.Cfn.ref;
import static dev.playlistlake.glue.Cfn.sub;

import java.util.List;
import java.util.Map;

/**
 * The lake's bucket, for who has none. Not versioned: files of the lake are never changed, and what
 * is removed from it has to be gone.
 */
final class Bucket {
  private Bucket() {}

  static Map<String, Object> resource() {
    return map(
        "Type", "AWS::S3::Bucket",
        "Condition", "MakingBucket",
        // A lake is not made again by deploying again.
        "DeletionPolicy", "Retain",
        "UpdateReplacePolicy", "Retain",
        "Properties",
            map(
                "BucketName", ref("LakeBucket"),
                "BucketEncryption",
                    map(
                        "ServerSideEncryptionConfiguration",
                        List.of(
                            map("ServerSideEncryptionByDefault", map("SSEAlgorithm", "AES256")))),
                "LifecycleConfiguration",
                    map(
                        "Rules",
                        List.of(
                            expiry("raw", sub("${LakePrefix}raw/"), 30),
                            expiry("temporary", sub("${LakePrefix}_tmp/"), 1),
                            expiry("results", ref("ResultsPrefix"), 7),
                            map(
                                "Id", "unfinished-uploads",
                                "Status", "Enabled",
                                "AbortIncompleteMultipartUpload", map("DaysAfterInitiation", 1)))),
                "OwnershipControls",
                    map("Rules", List.of(map("ObjectOwnership", "BucketOwnerEnforced"))),
                "PublicAccessBlockConfiguration",
                    map(
                        "BlockPublicAcls", true,
                        "BlockPublicPolicy", true,
                        "IgnorePublicAcls", true,
                        "RestrictPublicBuckets", true)));
  }

  private static Map<String, Object> expiry(String id, Object prefix, int days) {
    return map("Id", id, "Status", "Enabled", "Prefix", prefix, "ExpirationInDays", days);
  }

  static Map<String, Object> policy() {
    return map(
        "Type", "AWS::S3::BucketPolicy",
        "Condition", "MakingBucket",
        "DeletionPolicy", "Retain",
        "UpdateReplacePolicy", "Retain",
        "Properties",
            map(
                "Bucket", ref("Bucket"),
                "PolicyDocument",
                    Access.document(
                        map(
                            "Sid", "EncryptedConnectionsOnly",
                            "Effect", "Deny",
                            "Principal", "*",
                            "Action", "s3:*",
                            "Resource",
                                List.of(
                                    sub("arn:${AWS::Partition}:s3:::${LakeBucket}"),
                                    sub("arn:${AWS::Partition}:s3:::${LakeBucket}/*")),
                            "Condition", map("Bool", map("aws:SecureTransport", "false"))))));
  }
}
