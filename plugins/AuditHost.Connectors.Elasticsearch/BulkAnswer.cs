using System.Net;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Turns the answer to a <c>_bulk</c> request into what became of each event.</summary>
internal static class BulkAnswer
{
    /// <summary>
    /// The most of an answer that is read: 5,000 items of which each was refused with a long reason. Of receivers that do not know
    /// <c>filter_path</c> a full item has some 250 bytes.
    /// </summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Reads an answer.</summary>
    /// <param name="response">Its head; the body is still to be read.</param>
    /// <param name="count">How many documents were sent.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What became of the batch, and how many documents are in the failure store.</returns>
    /// <exception cref="IOException">A success broke off: what it would have said is not known.</exception>
    public static async ValueTask<(DeliveryResult Result, int Quarantined)> ReadAsync(
        HttpResponseMessage response, int count, TimeProvider time, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            return (await BulkRefusal.ReadAsync(response, time, cancellationToken).ConfigureAwait(false), 0);
        using var body = new PooledBuffer(16 << 10);
        bool isWhole = await ReadBodyAsync(response, body, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = BulkResult.Read(body.Written.Span, isWhole, count, out int quarantined);
        return (result, quarantined);
    }

    private static async ValueTask<bool> ReadBodyAsync(HttpResponseMessage response, PooledBuffer body, CancellationToken cancellationToken)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (body.Length < MaxBytes)
        {
            int read = await stream.ReadAsync(body.GetMemory(4096), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return true;
            body.Advance(read);
        }

        return false;
    }
}
