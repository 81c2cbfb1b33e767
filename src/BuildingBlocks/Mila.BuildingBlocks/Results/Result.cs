using System.Diagnostics.CodeAnalysis;

namespace Mila.BuildingBlocks.Results;

/// <summary>What a verb of the domain answers: a value, or the first rule that refuses.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly Error? _error;

    private Result(T? value, Error? error) => (_value, _error) = (value, error);

    /// <summary>True with the value, or false with the refusal.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Error? refusal)
    {
        value = _value;
        refusal = _error ?? (_value is null ? throw new InvalidOperationException("A default Result was asked for its outcome.") : null);
        return refusal is null;
    }

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>What a verb without a value answers: done, or the first rule that refuses.</summary>
public readonly struct Result
{
    private readonly Error? _error;

    private Result(Error? error) => _error = error;

    /// <summary>Done.</summary>
    public static Result Done => default;

    /// <summary>True, or false with the refusal.</summary>
    public bool Succeeded([NotNullWhen(false)] out Error? refusal) => (refusal = _error) is null;

    /// <summary>A refusal.</summary>
    public static implicit operator Result(Error error) => new(error);
}
