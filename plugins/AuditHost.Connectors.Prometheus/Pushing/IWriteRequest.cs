using System.Buffers;
using AuditHost.Connectors.Prometheus.Metrics;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>A message of remote write, filled with the state of the metrics.</summary>
internal interface IWriteRequest : IMetricsWriter, IDisposable
{
    /// <summary>How many samples it has.</summary>
    int Samples { get; }

    /// <summary>Writes the whole message.</summary>
    void WriteTo(IBufferWriter<byte> output);
}
