using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Http;
using AuditHost.Intake.Http.Otlp;

namespace AuditHost.Tests.Intake.Http.Otlp;

public sealed class JsonLogsTests
{
    private const int Inputs = 1_000_000;

    private static readonly byte[] Good = Encoding.UTF8.GetBytes(
        """{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"b"}}]},"scopeLogs":[{"scope":{"name":"a"},"logRecords":[{"timeUnixNano":"1795464000123456789","severityNumber":9,"body":{"stringValue":"ü"},"attributes":[{"key":"n","value":{"intValue":"-7"}},{"key":"l","value":{"arrayValue":{"values":[{"doubleValue":0.5}]}}},{"key":"r","value":{"bytesValue":"AQI="}}]}]}]}]}""");

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
                JsonLogs.Read(request, records);
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
}
