using AuditHost.Configuration.Options;
using AuditHost.Intake.Http;
using AuditHost.Intake.Http.Otlp;

namespace AuditHost.Tests.Intake.Http.Otlp;

public sealed class ProtobufLogsTests
{
    private const int Inputs = 1_000_000;

    private static readonly byte[] Good = new Message().Put(1, new Message()
        .Put(1, new Message().Attribute(1, "service.name", new Message().Put(1, "billing")))
        .Put(2, new Message()
            .Put(1, new Message().Put(1, "audit"))
            .Put(2, new Message().Fixed64(1, 1795464000123456789).Number(2, 9).Put(5, new Message().Put(1, "login"))
                .Attribute(6, "list", new Message().Put(5, new Message().Put(1, new Message().Number(3, 3)))).Put(9, 1, 2, 3, 4)))).Bytes;

    /// <summary>Each a good request with some bytes changed, cut or repeated. What is taken is JSON, and nothing else than a FormatException refuses.</summary>
    [Fact]
    public void Damaged_requests_are_read_or_refused_and_never_more()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        using var mapped = new BodyBuffer();
        int taken = 0;
        for (int input = 0; input < Inputs; input++)
        {
            byte[] request = Damage.Of(Good, random);
            mapped.Clear();
            var records = new LogRecords(OtlpMapping.Default, mapped);
            try
            {
                ProtobufLogs.Read(request, records);
            }
            catch (FormatException)
            {
                continue;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}, input {input}, {Convert.ToHexString(request)}: {exception}");
            }

            var events = new EventCollector(new IntakeLimits(new HttpListenerOptions()));
            records.AddTo(events);
            taken += events.Batch.Count;
            Assert.True(records.Rejected == 0, $"Seed {seed}, input {input}, {Convert.ToHexString(request)}: {records.Reason}");
        }

        Assert.InRange(taken, Inputs / 100, Inputs);
    }

    [Theory]
    [InlineData("08")]
    [InlineData("0A")]
    [InlineData("0A05")]
    [InlineData("0B")]
    [InlineData("0C")]
    [InlineData("0F00")]
    [InlineData("0001")]
    [InlineData("0AFFFFFFFFFFFFFFFFFF01")]
    [InlineData("0AFFFFFFFFFFFFFFFFFFFF01")]
    [InlineData("0D0000")]
    [InlineData("0900")]
    [InlineData("0801")]
    public void What_is_no_message_is_refused(string hex)
    {
        using var mapped = new BodyBuffer();

        Assert.Throws<FormatException>(() => ProtobufLogs.Read(Convert.FromHexString(hex), new LogRecords(OtlpMapping.Default, mapped)));
    }
}
