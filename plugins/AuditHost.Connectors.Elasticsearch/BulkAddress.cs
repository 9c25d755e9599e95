using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Path and query of a <c>_bulk</c> request.</summary>
internal sealed class BulkAddress
{
    /// <summary>What is asked of the answer: of every item its status, so that each stays at its place. It holds for errors too.</summary>
    private const string Answer = "filter_path=errors,items.*.status,items.*.failure_store,items.*.error.type,items.*.error.reason,error,status";

    private readonly string _query;
    private readonly bool _bare;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public BulkAddress(ElasticSettings settings, bool requireDataStream)
    {
        if (settings.Pipeline is { } pipeline && string.IsNullOrWhiteSpace(pipeline))
            throw new SettingsException("pipeline", "Empty. Give it the pipeline's name, or leave it out");
        var query = new StringBuilder("/_bulk?").Append(Answer);
        if (settings.Pipeline is not null)
            query.Append("&pipeline=").Append(Uri.EscapeDataString(settings.Pipeline));
        if (requireDataStream)
            query.Append("&require_data_stream=true");
        if (settings.IncludeSourceOnError is { } quotes)
            query.Append("&include_source_on_error=").Append(quotes ? "true" : "false");
        _query = query.ToString();
        _bare = settings.BareBulk;
    }

    /// <param name="index">Where documents go that name no index.</param>
    public string Of(string index) => _bare ? _query : $"/{Uri.EscapeDataString(index)}{_query}";
}
