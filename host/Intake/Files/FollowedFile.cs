using System.Buffers.Binary;
using System.Security.Cryptography;
using AuditHost.Journal.Storage;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Intake.Files;

/// <summary>One open file. It stays open while it is renamed or deleted, so that it can be read to its end.</summary>
internal sealed class FollowedFile(EventPumpContext context, FilePositions positions, SafeFileHandle handle, FilePosition position) : IDisposable
{
    /// <summary>How much is read before the next file has its turn.</summary>
    private const long TurnBytes = 16 << 20;

    private FilePosition _position = position;
    private long _lastGrowth = context.Time.GetTimestamp();
    private EventPump? _pump;

    public FileIdentity Identity => _position.Identity;

    /// <summary>Where it was last seen.</summary>
    public string Path => _position.Path;

    /// <summary>Whether the pattern led to the file when last looked.</summary>
    public bool IsMatched { get; set; } = true;

    /// <summary>How long nothing has come.</summary>
    public TimeSpan QuietTime => context.Time.GetElapsedTime(_lastGrowth);

    /// <summary>The position of a file not seen before; <see langword="null"/> while it is empty and nothing sets it apart.</summary>
    public static FilePosition? Begin(SafeFileHandle handle, FileIdentity identity, string path, int generation)
    {
        int length = (int)Math.Min(RandomAccess.GetLength(handle), FilePosition.LongestFingerprint);
        byte[]? fingerprint = length == 0 ? null : HashStart(handle, length);
        if (fingerprint is null)
            return null;
        Span<byte> known = stackalloc byte[28 + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64BigEndian(known, identity.Device);
        BinaryPrimitives.WriteUInt64BigEndian(known[8..], identity.Inode);
        BinaryPrimitives.WriteInt64BigEndian(known[16..], identity.Born);
        BinaryPrimitives.WriteInt32BigEndian(known[24..], generation);
        fingerprint.CopyTo(known[28..]);
        return new FilePosition
        {
            Identity = identity,
            Path = path,
            Generation = generation,
            FingerprintLength = length,
            Fingerprint = fingerprint,
            IdSeed = SHA256.HashData(known),
        };
    }

    /// <summary>Whether the file is the one the position was taken in, and not shorter than what was read of it.</summary>
    public static bool IsAt(SafeFileHandle handle, FilePosition position) =>
        RandomAccess.GetLength(handle) >= position.Offset
        && HashStart(handle, position.FingerprintLength) is { } hash && hash.AsSpan().SequenceEqual(position.Fingerprint);

    public void MoveTo(string path)
    {
        IsMatched = true;
        if (path == _position.Path)
            return;
        _position = _position with { Path = path };
        positions.Set(_position);
    }

    /// <summary>Reads what has come since the last turn.</summary>
    /// <returns>Whether the end was reached.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        bool isShorter = _pump is not null && RandomAccess.GetLength(handle) < _pump.ReadPosition;
        if ((isShorter || !IsAt(handle, _position)) && !TryBeginAgain())
            return true;
        _pump ??= new EventPump(context, _position.Path, _position.IdSeed, _position.Offset);
        long from = _pump.ReadPosition;
        bool atEnd = false;
        while (!atEnd && _pump.ReadPosition - from < TurnBytes)
        {
            Memory<byte> space = await _pump.GetSpaceAsync(cancellationToken);
            int read = await RandomAccess.ReadAsync(handle, space, _pump.ReadPosition, cancellationToken);
            atEnd = read == 0;
            await _pump.AdvanceAsync(read, cancellationToken);
        }

        if (_pump.ReadPosition > from)
            _lastGrowth = context.Time.GetTimestamp();
        await _pump.FlushAsync(cancellationToken);
        _pump.ReleaseBuffer();
        Remember();
        return atEnd;
    }

    /// <summary>Settles what the end of the file leaves over.</summary>
    /// <param name="mayGrow">Whether an event that is cut off there may be completed later.</param>
    /// <param name="cancellationToken">Ends the wait for the journal.</param>
    public async ValueTask CompleteAsync(bool mayGrow, CancellationToken cancellationToken)
    {
        if (_pump is null)
            return;
        await _pump.CompleteAsync(mayGrow, cancellationToken);
        Remember();
    }

    public void Dispose()
    {
        _pump?.Dispose();
        handle.Dispose();
    }

    private static byte[]? HashStart(SafeFileHandle handle, int length)
    {
        Span<byte> start = stackalloc byte[FilePosition.LongestFingerprint];
        start = start[..length];
        return RandomAccess.Read(handle, start, 0) == length ? SHA256.HashData(start) : null;
    }

    /// <summary>The file was emptied and written anew (copytruncate): it counts as another one, with ids of its own.</summary>
    private bool TryBeginAgain()
    {
        _pump?.Dispose();
        _pump = null;
        if (Begin(handle, Identity, _position.Path, _position.Generation + 1) is not { } begun)
            return false;
        _position = begun;
        positions.Set(begun);
        // Before the first event, so that after a crash the same ids come out.
        return positions.TrySave();
    }

    private void Remember()
    {
        if (_pump!.Settled == _position.Offset)
            return;
        _position = _position with { Offset = _pump.Settled };
        int known = (int)Math.Min(_position.Offset, FilePosition.LongestFingerprint);
        if (known > _position.FingerprintLength && HashStart(handle, known) is { } longer)
            _position = _position with { FingerprintLength = known, Fingerprint = longer };
        positions.Set(_position);
    }
}
