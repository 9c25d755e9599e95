using System.Globalization;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// Collects what became of the documents of one request. Items stand in the order of the request and have no other name, so an answer with more
/// or fewer of them says nothing about any.
/// </summary>
internal sealed class BulkResult
{
    private readonly int _count;
    private List<EventFailure>? _failures;
    private string?[]? _quarantined;
    private StringBuilder? _response;
    private (int Status, FailureKind Kind, byte[] Type, string Reason) _last;

    private BulkResult(int count)
    {
        _count = count;
    }

    /// <summary>How many documents were taken into the failure store.</summary>
    public int Quarantined { get; private set; }

    /// <summary>Reads an answer with status 200.</summary>
    /// <param name="answer">Its body, or as much of it as was read.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="count">How many documents were sent.</param>
    /// <param name="quarantined">How many of them are in the failure store.</param>
    public static DeliveryResult Read(ReadOnlySpan<byte> answer, bool isWhole, int count, out int quarantined)
    {
        var result = new BulkResult(count);
        DeliveryResult delivery = result.ReadItems(answer, isWhole);
        quarantined = result.Quarantined;
        return delivery;
    }

    private DeliveryResult ReadItems(ReadOnlySpan<byte> answer, bool isWhole)
    {
        int read = 0;
        try
        {
            var items = new BulkItemReader(answer);
            if (!items.FindItems())
                return Unreadable(answer, "HTTP 200 without the items of a bulk answer. Is this Elasticsearch?");
            while (items.Next(out BulkItem item))
            {
                if (read < _count)
                    Add(read, item);
                read++;
            }

            items.Finish();
        }
        catch (JsonException)
        {
            // What stands before the place where this connector stopped reading is what the server wrote.
            if (isWhole || read == 0 || read > _count)
                return Unreadable(answer, isWhole ? "HTTP 200, and the answer is no JSON" : "HTTP 200, and the answer is longer than any answer should be");
            for (int index = read; index < _count; index++)
                Fail(new EventFailure(index, FailureKind.Transient, "The answer is too long: what it says of this document was not read"));
            return Finish();
        }

        return read == _count ? Finish() : Unreadable(answer, $"HTTP 200 with {read} items for {_count} documents: it cannot be told which are which");
    }

    private void Add(int index, in BulkItem item)
    {
        if (item.IsQuarantined && item.Status is >= 200 and <= 299)
        {
            _quarantined ??= new string?[_count];
            _quarantined[index] = "failure store";
            Quarantined++;
        }

        if (BulkOutcome.Classify(item) is not { } kind)
            return;
        Fail(new EventFailure(index, kind, ReasonOf(item, kind), item.Status == 0 ? null : item.Status));
        Quote(index, item.Json);
    }

    /// <summary>Under load a thousand items fail for the same reason; it is written once.</summary>
    private string ReasonOf(in BulkItem item, FailureKind kind)
    {
        if (_last.Reason is null || _last.Status != item.Status || _last.Kind != kind || !item.ErrorType.SequenceEqual(_last.Type))
            _last = (item.Status, kind, item.ErrorType.ToArray(), BulkOutcome.Describe(item.Status, item.ErrorType));
        return _last.Reason;
    }

    /// <summary>The first items that failed, for the dead letter.</summary>
    private void Quote(int index, ReadOnlySpan<byte> json)
    {
        _response ??= new StringBuilder();
        if (_response.Length < DeliveryResult.MaxResponseBytes)
            _response.Append(CultureInfo.InvariantCulture, $"items[{index}]: {Beginning(json)} ");
    }

    private void Fail(EventFailure failure) => (_failures ??= []).Add(failure);

    private DeliveryResult Finish()
    {
        string? response = _response?.ToString().TrimEnd();
        if (_failures is not null && IsTheRequests(_failures))
            return DeliveryResult.Failed(_failures[0].Kind, _failures[0].Reason).WithResponse(_failures[0].Status ?? 200, response);
        DeliveryResult result = _failures is null ? DeliveryResult.Delivered : DeliveryResult.Partial(_failures);
        return (_quarantined is null ? result : result.WithAcknowledgements(_quarantined)).WithResponse(200, response);
    }

    /// <summary>One kind of failure that met all documents and is not about them is the request's.</summary>
    private bool IsTheRequests(List<EventFailure> failures) =>
        failures.Count == _count
        && failures[0].Kind is FailureKind.Transient or FailureKind.Throttled or FailureKind.Misconfigured
        && failures.TrueForAll(failure => failure.Kind == failures[0].Kind);

    private static DeliveryResult Unreadable(ReadOnlySpan<byte> answer, string reason) =>
        DeliveryResult.Failed(FailureKind.Transient, reason).WithResponse(200, Beginning(answer));

    private static string? Beginning(ReadOnlySpan<byte> json) => ResponseText.Clean(json[..Math.Min(json.Length, DeliveryResult.MaxResponseBytes)]);
}
