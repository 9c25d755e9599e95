using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;

namespace AuditHost.Tests.Lanes;

public sealed class BatchRendererTests
{
    public static TheoryData<Framing> Framings => [.. Enum.GetValues<Framing>()];

    [Theory]
    [MemberData(nameof(Framings))]
    public void Sealing_costs_the_same_for_ten_events_and_a_thousand(Framing framing)
    {
        BatchRenderer renderer = Renderer(framing);

        long few = AllocatedBySealing(renderer, 10);
        long many = AllocatedBySealing(renderer, 1000);

        Assert.Equal(few, many);
        Assert.InRange(many, 1, 128);
    }

    [Theory]
    [MemberData(nameof(Framings))]
    public void Same_part_always_gives_the_same_bytes(Framing framing)
    {
        BatchRenderer renderer = Renderer(framing);
        using LaneBatch batch = BatchOf(renderer, 5);
        using var scratch = new PooledBuffer(16);
        BatchPart whole = BatchPart.Whole(5);
        BatchPart some = BatchPart.Of([1, 4]);

        string[] bodies = [.. new[] { whole, some, whole, some, BatchPart.Of([0, 1, 2, 3, 4]) }.Select(part => Seal(renderer, batch, part, scratch))];

        Assert.Equal([bodies[0], bodies[1], bodies[0], bodies[1], bodies[0]], bodies);
        Assert.NotEqual(bodies[0], bodies[1]);
    }

    [Fact]
    public void Array_is_closed_for_the_whole_for_parts_and_for_a_batch_used_again()
    {
        BatchRenderer renderer = Renderer(Framing.JsonArray, new RawFormatter());
        using LaneBatch batch = BatchOf(renderer, 3);
        using var scratch = new PooledBuffer(16);

        Assert.Equal(["e1", "e2", "e3"], IdsIn(Seal(renderer, batch, BatchPart.Whole(3), scratch)));
        Assert.Equal(["e2"], IdsIn(Seal(renderer, batch, BatchPart.Of([1]), scratch)));
        Assert.Equal(["e1", "e3"], IdsIn(Seal(renderer, batch, BatchPart.Of([0, 2]), scratch)));
        batch.Clear();
        batch.Open(9, 0);
        renderer.Append(batch, Events.Numbered(9));
        Assert.Equal(["e9"], IdsIn(Seal(renderer, batch, BatchPart.Whole(1), scratch)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Array_is_closed_around_an_event_that_cannot_be_rendered(bool first)
    {
        BatchRenderer renderer = Renderer(Framing.JsonArray);
        using var scratch = new PooledBuffer(16);
        using var batch = new LaneBatch();
        batch.Open(1, 0);
        foreach (string id in first ? new[] { "unrenderable", "a", "b" } : ["a", "unrenderable", "b"])
            renderer.Append(batch, Events.Parse($$"""{"event_id":"{{id}}"}"""));

        Assert.Equal("[<a>,<b>]", Seal(renderer, batch, BatchPart.Of(first ? [1, 2] : [0, 2]), scratch));
        Assert.NotNull(batch.RenderingError(first ? 0 : 1));
    }

    [Fact]
    public void Closing_the_array_never_moves_the_buffer_from_under_the_payloads()
    {
        BatchRenderer renderer = Renderer(Framing.JsonArray, new RawFormatter());
        using var scratch = new PooledBuffer(16);

        // Around the size of the buffer, where the bracket may just find no room.
        for (int size = 4080; size < 4110; size++)
        {
            using var batch = new LaneBatch();
            batch.Open(1, 0);
            string json = """{"event_id":"e","pad":""}""";
            json = json.Insert(json.Length - 2, new string('x', size - json.Length));
            renderer.Append(batch, Events.Parse(json));

            using SealedBatch whole = renderer.Seal(batch, BatchPart.Whole(1), 1, scratch);

            Assert.Equal($"[{json}]", Encoding.UTF8.GetString(whole.Batch.Body.Span));
            Assert.True(MemoryMarshal.TryGetArray(whole.Batch.Body, out ArraySegment<byte> body));
            Assert.True(MemoryMarshal.TryGetArray(whole.Batch[0].Payload, out ArraySegment<byte> payload));
            Assert.Same(body.Array, payload.Array);
        }
    }

    [Theory]
    [MemberData(nameof(Framings))]
    public void Event_that_was_taken_out_again_leaves_nothing_behind(Framing framing)
    {
        BatchRenderer renderer = Renderer(framing);
        using var scratch = new PooledBuffer(16);
        using LaneBatch three = BatchOf(renderer, 3);
        using LaneBatch four = BatchOf(renderer, 4);
        long bytes = three.Bytes;

        four.RemoveLast();

        Assert.Equal(Seal(renderer, three, BatchPart.Whole(3), scratch), Seal(renderer, four, BatchPart.Whole(3), scratch));
        Assert.Equal((bytes, three.EndSequence), (four.Bytes, four.EndSequence));
    }

    private static long AllocatedBySealing(BatchRenderer renderer, int count)
    {
        using LaneBatch batch = BatchOf(renderer, count);
        using var scratch = new PooledBuffer(1 << 16);
        long allocated = 0;

        // The first rounds fill the array pool.
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            renderer.Seal(batch, BatchPart.Whole(count), 1, scratch).Dispose();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }

    private static string Seal(BatchRenderer renderer, LaneBatch batch, BatchPart part, PooledBuffer scratch)
    {
        using SealedBatch whole = renderer.Seal(batch, part, 1, scratch);
        Assert.Equal(part.Count, whole.Batch.Count);
        return Encoding.UTF8.GetString(whole.Batch.Body.Span);
    }

    private static IEnumerable<string?> IdsIn(string body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.EnumerateArray().Select(item => item.GetProperty("event_id").GetString())];
    }

    private static LaneBatch BatchOf(BatchRenderer renderer, int count)
    {
        var batch = new LaneBatch();
        batch.Open(1, 0);
        for (int number = 1; number <= count; number++)
            renderer.Append(batch, Events.Numbered(number));
        return batch;
    }

    private static BatchRenderer Renderer(Framing framing, IEventFormatter? formatter = null) =>
        new("d", Guid.Empty, BatchContent.Body | BatchContent.Payload, framing, formatter ?? new IdFormatter(), null);
}
