using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http.Splunk;

/// <summary>An answer in the collector's form: a status, a code and its words.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The code.</param>
/// <param name="Text">Its words.</param>
internal sealed record HecReply(int Status, HecCode Code, string Text)
{
    /// <summary>The event that was bad, counted from 0. Those before it were taken, itself and those behind it were not.</summary>
    public int? InvalidEvent { get; init; }

    /// <summary>The words for a code, as the collector has them.</summary>
    public static HecReply Of(HecCode code) => code switch
    {
        HecCode.Success => new(StatusCodes.Status200OK, code, "Success"),
        HecCode.TokenIsRequired => new(StatusCodes.Status401Unauthorized, code, "Token is required"),
        HecCode.InvalidAuthorization => new(StatusCodes.Status401Unauthorized, code, "Invalid authorization"),
        HecCode.InvalidToken => new(StatusCodes.Status403Forbidden, code, "Invalid token"),
        HecCode.NoData => new(StatusCodes.Status400BadRequest, code, "No data"),
        HecCode.InvalidDataFormat => new(StatusCodes.Status400BadRequest, code, "Invalid data format"),
        HecCode.ServerIsBusy => new(StatusCodes.Status503ServiceUnavailable, code, "Server is busy"),
        HecCode.DataChannelIsMissing => new(StatusCodes.Status400BadRequest, code, "Data channel is missing"),
        HecCode.InvalidDataChannel => new(StatusCodes.Status400BadRequest, code, "Invalid data channel"),
        HecCode.EventFieldIsRequired => new(StatusCodes.Status400BadRequest, code, "Event field is required"),
        HecCode.EventFieldCannotBeBlank => new(StatusCodes.Status400BadRequest, code, "Event field cannot be blank"),
        HecCode.ErrorInHandlingIndexedFields => new(StatusCodes.Status400BadRequest, code, "Error in handling indexed fields"),
        HecCode.HecIsHealthy => new(StatusCodes.Status200OK, code, "HEC is healthy"),
        HecCode.HecIsUnhealthyQueuesAreFull => new(StatusCodes.Status503ServiceUnavailable, code, "HEC is unhealthy, queues are full"),
        _ => new(StatusCodes.Status429TooManyRequests, code, "Queue at capacity"),
    };
}
