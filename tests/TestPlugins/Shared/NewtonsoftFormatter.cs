using System.Buffers;
using System.Reflection;
using System.Text;
using AuditHost.Sdk;
using Newtonsoft.Json.Linq;

namespace TestPlugins.Shared;

/// <summary>Says which Newtonsoft.Json it runs on, by means of that very library.</summary>
internal sealed class NewtonsoftFormatter : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        string version = typeof(JObject).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
        JObject answer = JObject.Parse(Encoding.UTF8.GetString(auditEvent.Json.Span));
        answer["newtonsoft"] = version;
        output.Write(Encoding.UTF8.GetBytes(answer.ToString(Newtonsoft.Json.Formatting.None)));
    }
}
