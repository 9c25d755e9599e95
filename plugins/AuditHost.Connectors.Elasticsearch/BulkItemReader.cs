using System.Text.Json;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Reads the items of an answer one after the other, where it lies. Throws a <see cref="JsonException"/> where it is no JSON or breaks off.</summary>
internal ref struct BulkItemReader(ReadOnlySpan<byte> answer)
{
    private readonly ReadOnlySpan<byte> _answer = answer;
    private Utf8JsonReader _reader = new(answer);

    /// <summary>Goes to the first item.</summary>
    /// <returns>Whether the answer has items at all.</returns>
    public bool FindItems()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isItems = _reader.ValueTextEquals("items"u8);
            _reader.Read();
            if (isItems)
                return _reader.TokenType == JsonTokenType.StartArray;
            _reader.Skip();
        }

        return false;
    }

    /// <summary>Reads the next item.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Next(out BulkItem item)
    {
        item = default;
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.EndArray)
            return false;
        int start = (int)_reader.TokenStartIndex;
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return true;
        }

        int status = 0;
        ReadOnlySpan<byte> errorType = default, errorReason = default, failureStore = default;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            _reader.Read();
            if (_reader.TokenType == JsonTokenType.StartObject)
                ReadOutcome(ref status, ref errorType, ref errorReason, ref failureStore);
            else
                _reader.Skip();
        }

        item = new BulkItem(status, errorType, errorReason, failureStore, _answer[start..(int)_reader.BytesConsumed]);
        return true;
    }

    /// <summary>Reads what stands behind the items, so that only a whole answer counts as one.</summary>
    public void Finish()
    {
        while (_reader.Read())
            continue;
    }

    private void ReadOutcome(ref int status, ref ReadOnlySpan<byte> errorType, ref ReadOnlySpan<byte> errorReason, ref ReadOnlySpan<byte> failureStore)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("status"u8))
            {
                _reader.Read();
                if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt32(out status))
                    status = 0;
            }
            else if (_reader.ValueTextEquals("failure_store"u8))
            {
                failureStore = ReadText();
            }
            else if (_reader.ValueTextEquals("error"u8))
            {
                ReadError(ref errorType, ref errorReason);
            }
            else
            {
                _reader.Read();
            }

            _reader.Skip();
        }
    }

    private void ReadError(ref ReadOnlySpan<byte> type, ref ReadOnlySpan<byte> reason)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("type"u8))
                type = ReadText();
            else if (_reader.ValueTextEquals("reason"u8))
                reason = ReadText();
            else
                _reader.Read();
            _reader.Skip();
        }
    }

    private ReadOnlySpan<byte> ReadText()
    {
        _reader.Read();
        return _reader.TokenType == JsonTokenType.String ? _reader.ValueSpan : default;
    }
}
