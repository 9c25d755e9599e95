using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>Turns a GraphQL answer into what became of the events of one mutation. The body decides, whatever status carries it.</summary>
/// <param name="codes">What codes mean.</param>
/// <param name="success">What must be there.</param>
/// <param name="isBatch">Whether the mutation took a list.</param>
internal sealed class GraphQLAnswer(ErrorCodes codes, SuccessPath success, bool isBatch)
{
    /// <summary>Which failure wins where several concern the whole: what an operator has to mend before what a server may get over.</summary>
    private static readonly FailureKind[] Order =
        [FailureKind.Misconfigured, FailureKind.Throttled, FailureKind.Transient, FailureKind.TooLarge, FailureKind.Rejected];

    /// <summary>Whether something has the form of an answer (GraphQL specification, section 7.1).</summary>
    public static bool Is(JsonElement? root) =>
        root is { ValueKind: JsonValueKind.Object } answer
        && ((answer.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            || (answer.TryGetProperty("data", out _) && errors.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Array));

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="count">How many events the mutation had.</param>
    /// <param name="unknown">
    /// What an error means that has no code that is known; <see langword="null"/> to tell it by whether the mutation was run at all.
    /// </param>
    public DeliveryResult Read(JsonElement answer, int count, FailureKind? unknown = null)
    {
        bool wasRun = answer.TryGetProperty("data", out JsonElement data);
        return answer.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0
            ? ReadErrors(errors, data, count, unknown ?? (wasRun ? FailureKind.Transient : null))
            : ReadEach(data, count, failures: null);
    }

    /// <summary>Whether an answer refuses the sender, whatever was asked.</summary>
    public static bool RefusesSender(JsonElement answer) =>
        answer.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array
        && errors.EnumerateArray().Any(error => ErrorCodes.IsAboutRights(GraphQLError.Read(error).Code));

    /// <summary>Reads the errors of a mutation that was not run.</summary>
    public DeliveryResult ReadErrors(JsonElement errors, int count) => ReadErrors(errors, default, count, unknown: null);

    private DeliveryResult ReadErrors(JsonElement errors, JsonElement data, int count, FailureKind? unknown)
    {
        DeliveryResult whole = default;
        var failures = new Dictionary<int, DeliveryResult>();
        foreach (JsonElement element in errors.EnumerateArray())
        {
            GraphQLError error = GraphQLError.Read(element);
            DeliveryResult failure = MeaningOf(error, unknown);

            // That one of them is there already says nothing of the others; alone, each is asked for again.
            if (failure.IsDelivered && error.Index is null && count > 1)
                failure = DeliveryResult.Failed(FailureKind.Rejected, error.Reason);
            if (!isBatch || error.Index is null)
            {
                whole = Worse(whole, failure);
            }
            else if (error.Index < 0 || error.Index >= count)
            {
                whole = Worse(whole, DeliveryResult.Failed(FailureKind.Transient, $"The answer names event {error.Index} of a batch of {count}"));
            }
            else
            {
                failures[error.Index.Value] = Worse(failures.GetValueOrDefault(error.Index.Value), failure);
            }
        }

        if (!whole.IsDelivered)
            return whole;

        // All errors say that the server has what they are about: then there need be no data for it.
        return failures.Count == 0 ? DeliveryResult.Delivered : ReadEach(data, count, failures);
    }

    private DeliveryResult MeaningOf(GraphQLError error, FailureKind? unknown)
    {
        // Without a code, a request that was not run at all is told by its words: a value that does not fit is the event's fault, and
        // anything else that of the mutation.
        FailureKind kind = codes.Find(error.Code) is { } meaning
            ? ErrorCodes.KindOf(meaning)
            : error.IsAboutValue ? FailureKind.Rejected : unknown ?? FailureKind.Misconfigured;
        return kind == 0 ? DeliveryResult.Delivered : DeliveryResult.Failed(kind, error.Reason, error.RetryAfter);
    }

    private DeliveryResult ReadEach(JsonElement data, int count, Dictionary<int, DeliveryResult>? failures)
    {
        if (!isBatch)
            return success.Read(data, 0, count: 0);
        var failed = new List<EventFailure>();
        string?[] ids = new string?[count];
        DeliveryResult last = default;
        for (int index = 0; index < count; index++)
        {
            DeliveryResult result = failures is not null && failures.TryGetValue(index, out DeliveryResult named) ? named : success.Read(data, index, count);
            ids[index] = result.AcknowledgementId;
            if (result.IsDelivered)
                continue;
            last = result;
            failed.Add(new EventFailure(index, result.Kind, result.Reason!));
        }

        // What is the same for all is of the batch.
        if (failed.Count == count && failures is null)
            return last;
        TimeSpan? retryAfter = failures?.Values.Select(failure => failure.RetryAfter).Max();
        DeliveryResult whole = DeliveryResult.Partial(failed, retryAfter);
        return Array.TrueForAll(ids, id => id is null) ? whole : whole.WithAcknowledgements(ids);
    }

    private static DeliveryResult Worse(DeliveryResult one, DeliveryResult other)
    {
        if (one.IsDelivered || other.IsDelivered)
            return one.IsDelivered ? other : one;
        return Array.IndexOf(Order, other.Kind) < Array.IndexOf(Order, one.Kind) ? other : one;
    }
}
