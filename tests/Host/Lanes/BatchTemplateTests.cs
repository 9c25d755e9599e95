using System.Text;
using AuditHost.Formatting.Library;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Formatting.Library;

namespace AuditHost.Tests.Lanes;

/// <summary>A batch keeps the template it began with, whatever becomes of the file meanwhile.</summary>
public sealed class BatchTemplateTests : IDisposable
{
    private readonly TemplateFolder _folder = new();

    [Theory]
    [InlineData("---\nkind: body\n---\n{\"v\":1,\"n\":{{ batch.count }}}", "---\nkind: body\n---\n{\"v\":2,\"n\":{{ batch.count }}}", "{\"v\":1,\"n\":2}", "{\"v\":1,\"n\":1}", "{\"v\":2,\"n\":1}")]
    [InlineData("{\"v\":1}", "{\"v\":2}", "[{\"v\":1},{\"v\":1}]", "[{\"v\":1}]", "[{\"v\":2}]")]
    public void Everything_sent_again_has_the_same_bytes(string before, string after, string whole, string part, string next)
    {
        _folder.Write("t.sbn", before);
        LiveTemplate live = _folder.Open("t.sbn");
        var renderer = new BatchRenderer(
            "d", Guid.Empty, BatchContent.Body, Framing.JsonArray, live.Current.Event ?? new IdFormatter(), live.Current.Body, live);
        using var batch = new LaneBatch();
        batch.Open(1, 0);
        renderer.Append(batch, Events.Numbered(1));
        _folder.Write("t.sbn", after);
        live.Look(DateTimeOffset.UtcNow);
        Assert.True(live.Look(DateTimeOffset.UtcNow));

        renderer.Append(batch, Events.Numbered(2));

        Assert.Equal([whole, whole, part], new[] { BatchPart.Whole(2), BatchPart.Whole(2), BatchPart.Of([1]) }.Select(sent => Seal(renderer, batch, sent)));
        string first = batch.Template!.Revision;
        batch.Clear();
        batch.Open(3, 0);
        renderer.Append(batch, Events.Numbered(3));
        Assert.Equal(next, Seal(renderer, batch, BatchPart.Whole(1)));
        Assert.NotEqual(first, batch.Template!.Revision);
        Assert.Equal(live.Current.Revision, batch.Template.Revision);
    }

    public void Dispose() => _folder.Dispose();

    private static string Seal(BatchRenderer renderer, LaneBatch batch, BatchPart part)
    {
        using var scratch = new PooledBuffer(16);
        using SealedBatch rendered = renderer.Seal(batch, part, 1, scratch);
        return Encoding.UTF8.GetString(rendered.Batch.Body.Span);
    }
}
