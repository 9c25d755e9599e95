namespace Good;

public sealed class UpperSettings;
