using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>The keys of CloudWatch Logs in a site file. Settable, because generated JSON code overwrites the defaults of <c>init</c> properties.</summary>
public sealed class CloudWatchSettings
{
    [Description("The log group, such as /aws/copybook/audit.")]
    public required string LogGroup { get; set; }

    [Description("The log stream in it. Fixed text; several hosts may write to the same one.")]
    public required string LogStream { get; set; }

    [Description("The region of the log group, such as eu-central-1.")]
    public required string Region { get; set; }

    [Description("Where to send instead of https://logs.REGION.amazonaws.com/: a VPC endpoint, a FIPS endpoint. Several as a list.")]
    public EndpointList? Endpoint { get; set; }

    [Description("Which of several endpoints gets the next call.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("Creates the log group when there is none. Needs the right logs:CreateLogGroup.")]
    [DefaultValue(true)]
    public bool CreateGroup { get; set; } = true;

    [Description("Creates the log stream when there is none. Needs the right logs:CreateLogStream.")]
    [DefaultValue(true)]
    public bool CreateStream { get; set; } = true;

    [Description("The class of a log group that is created.")]
    [DefaultValue("standard")]
    public LogGroupClass LogGroupClass { get; set; }

    [Description("The ARN of the KMS key that encrypts a log group that is created. Without it, a key of AWS does.")]
    public string? KmsKeyId { get; set; }

    [Description("How many days a log group that is created keeps its events. Without it, for ever. Needs the right logs:PutRetentionPolicy.")]
    public int? RetentionDays { get; set; }

    [Description("Tags of a log group that is created, name to value. They need the right logs:TagResource.")]
    public IReadOnlyDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();

    [Description("The largest event in bytes, with the 26 that AWS adds. 262144 where the former limit still holds.")]
    [DefaultValue(CloudWatchLimits.MaxBatchBytes)]
    public int MaxEventBytes { get; set; } = CloudWatchLimits.MaxBatchBytes;

    [Description("The access key's id. Without it, credentials are looked for as every AWS program does.")]
    public string? AccessKeyId { get; set; }

    [Description("The secret access key.")]
    [PasswordPropertyText(true)]
    public string? SecretAccessKey { get; set; }

    [Description("The session token of a temporary access key.")]
    [PasswordPropertyText(true)]
    public string? SessionToken { get; set; }

    [Description("The profile of ~/.aws to take credentials from, in place of looking for them.")]
    public string? Profile { get; set; }
}
