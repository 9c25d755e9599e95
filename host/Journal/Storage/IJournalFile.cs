namespace AuditHost.Journal.Storage;

/// <summary>An open file. Reads may run beside a write; there is one writer.</summary>
internal interface IJournalFile : IDisposable
{
    long Length { get; }

    /// <summary>Writes all of the bytes. After an exception any part of them may be there.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    /// <returns>The bytes read.</returns>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Sets disk space aside without changing the length. A file system that cannot is fine; a full one is an error.</summary>
    void Reserve(long length);

    void Truncate(long length);

    /// <summary>Makes what was written durable. After an exception it must not be tried again: the kernel has dropped the data.</summary>
    void Sync();
}
