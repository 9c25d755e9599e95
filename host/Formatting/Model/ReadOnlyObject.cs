using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace AuditHost.Formatting.Model;

/// <summary>What a template may read and never change.</summary>
internal abstract class ReadOnlyObject : IScriptObject
{
    public virtual int Count => GetMembers().Count();

    public bool IsReadOnly
    {
        get => true;
        set { }
    }

    public abstract IEnumerable<string> GetMembers();

    public abstract bool TryGetValue(string member, out object? value);

    public virtual bool Contains(string member) => TryGetValue(member, out _);

    public bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value) => TryGetValue(member, out value);

    public bool CanWrite(string member) => false;

    public bool TrySetValue(TemplateContext? context, SourceSpan span, string member, object? value, bool readOnly) => false;

    public bool Remove(string member) => false;

    public void SetReadOnly(string member, bool readOnly)
    {
    }

    public IScriptObject Clone(bool deep) => this;
}
