namespace MediatR;

/// <summary>Marks a message that is sent to every handler that wants it.</summary>
public interface INotification;

/// <summary>Marks a message that one handler answers, with or without a value.</summary>
public interface IBaseRequest;

/// <summary>Marks a message that one handler answers without a value.</summary>
public interface IRequest : IBaseRequest;

/// <summary>Marks a message that one handler answers with a <typeparamref name="TResponse"/>.</summary>
public interface IRequest<out TResponse> : IBaseRequest;

/// <summary>Marks a message that one handler answers with a stream of <typeparamref name="TResponse"/>.</summary>
public interface IStreamRequest<out TResponse>;

/// <summary>The value of a request that has no other: all instances are equal.</summary>
public readonly struct Unit : IEquatable<Unit>, IComparable<Unit>, IComparable
{
    private static readonly Unit Only;

    /// <summary>The one value.</summary>
    public static ref readonly Unit Value => ref Only;

    /// <summary>A completed task of the one value.</summary>
    public static Task<Unit> Task { get; } = System.Threading.Tasks.Task.FromResult(Only);

    /// <inheritdoc/>
    public int CompareTo(Unit other) => 0;

    int IComparable.CompareTo(object? obj) => 0;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public bool Equals(Unit other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Unit;

    /// <summary>Always true.</summary>
    public static bool operator ==(Unit left, Unit right) => true;

    /// <summary>Always false.</summary>
    public static bool operator !=(Unit left, Unit right) => false;

    /// <summary>Never: all are equal.</summary>
    public static bool operator <(Unit left, Unit right) => false;

    /// <summary>Always: all are equal.</summary>
    public static bool operator <=(Unit left, Unit right) => true;

    /// <summary>Never: all are equal.</summary>
    public static bool operator >(Unit left, Unit right) => false;

    /// <summary>Always: all are equal.</summary>
    public static bool operator >=(Unit left, Unit right) => true;

    /// <inheritdoc/>
    public override string ToString() => "()";
}
