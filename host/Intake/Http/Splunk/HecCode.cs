namespace AuditHost.Intake.Http.Splunk;

/// <summary>The codes that Splunk's HTTP Event Collector answers with, as far as this host has a use for them.</summary>
internal enum HecCode
{
    Success = 0,
    TokenIsRequired = 2,
    InvalidAuthorization = 3,
    InvalidToken = 4,
    NoData = 5,
    InvalidDataFormat = 6,
    ServerIsBusy = 9,
    DataChannelIsMissing = 10,
    InvalidDataChannel = 11,
    EventFieldIsRequired = 12,
    EventFieldCannotBeBlank = 13,
    ErrorInHandlingIndexedFields = 15,
    HecIsHealthy = 17,
    HecIsUnhealthyQueuesAreFull = 18,
    QueueAtCapacity = 26,
}
