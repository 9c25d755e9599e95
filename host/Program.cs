using System.CommandLine;
using AuditHost.Commands;
using AuditHost.Commands.Plugins;

var root = new RootCommand("Delivers audit events to every system of a site that must have them, and can prove that it did.")
{
    RunCommand.Create(),
    ValidateCommand.Create(),
    SchemaCommand.Create(),
    TestCommand.Create(),
    SendCommand.Create(),
    ExplainCommand.Create(),
    RenderCommand.Create(),
    PluginsCommand.Create(),
    TemplatesCommand.Create(),
    DeadLettersCommand.Create(),
    BacklogsCommand.Create(),
    ReplayCommand.Create(),
    SearchCommand.Create(),
    StatusCommand.Create(),
    PluginHostCommand.Create(),
};

return await CommandLine.RunAsync(root, args);
