namespace Mila.BuildingBlocks.Results;

/// <summary>A refusal that is a value: what was refused, in a stable code for programs and a sentence for people.</summary>
/// <param name="Code">Stable, kebab-case, unique in the API: <c>event-full</c>.</param>
/// <param name="Detail">One English sentence without data of a person.</param>
/// <param name="DetailFr">The same in French; null where only programs read it.</param>
public abstract record Error(string Code, string Detail, string? DetailFr = null)
{
    /// <summary>The HTTP status that carries this refusal (RFC 9110 section 15.5).</summary>
    public abstract int Status { get; }

    /// <summary>The sentence in the language of the request that is being answered.</summary>
    public string Sentence => Languages.Say(Detail, DetailFr ?? Detail);

    /// <summary>The faults of single fields, where the refusal is about the input.</summary>
    public virtual IReadOnlyList<FieldError> Fields => [];
}

/// <summary>One fault of an input.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the body; for a query, header or route value its name after <c>?</c>, as in <c>?limit</c>.</param>
/// <param name="Code">Stable and kebab-case: <c>required</c>, <c>too-long</c>.</param>
/// <param name="Detail">One sentence.</param>
public sealed record FieldError(string Pointer, string Code, string Detail);

/// <summary>400: the request cannot be read.</summary>
public sealed record MalformedError(string Code, string Detail, string? DetailFr = null) : Error(Code, Detail, DetailFr)
{
    private readonly IReadOnlyList<FieldError> _fields = [];

    /// <inheritdoc/>
    public override int Status => 400;

    /// <inheritdoc/>
    public override IReadOnlyList<FieldError> Fields => _fields;

    /// <summary>The same refusal, pointing at the faults.</summary>
    public MalformedError At(params IReadOnlyList<FieldError> fields) => new(this, fields);

    private MalformedError(MalformedError original, IReadOnlyList<FieldError> fields) : this(original.Code, original.Detail, original.DetailFr) => _fields = fields;
}

/// <summary>401: no credential, or one that is not valid now.</summary>
public sealed record UnauthenticatedError(string Code, string Detail, string? DetailFr = null) : Error(Code, Detail, DetailFr)
{
    /// <inheritdoc/>
    public override int Status => 401;
}

/// <summary>403: the credential does not reach this far.</summary>
public sealed record ForbiddenError(string Code, string Detail, string? DetailFr = null) : Error(Code, Detail, DetailFr)
{
    /// <inheritdoc/>
    public override int Status => 403;
}

/// <summary>404: unknown, or not for this caller to know.</summary>
public sealed record UnknownError(string Code, string Detail, string? DetailFr = null) : Error(Code, Detail, DetailFr)
{
    /// <inheritdoc/>
    public override int Status => 404;
}

/// <summary>409: a rule or a race says no.</summary>
public sealed record ConflictError(string Code, string Detail, string? DetailFr = null) : Error(Code, Detail, DetailFr)
{
    /// <inheritdoc/>
    public override int Status => 409;
}

/// <summary>422: well-formed but invalid.</summary>
public sealed record InvalidError(string Code, string Detail, string? DetailFr = null) : Error(Code, Detail, DetailFr)
{
    private readonly IReadOnlyList<FieldError> _fields = [];

    /// <inheritdoc/>
    public override int Status => 422;

    /// <inheritdoc/>
    public override IReadOnlyList<FieldError> Fields => _fields;

    /// <summary>The same refusal, pointing at the faults.</summary>
    public InvalidError At(params IReadOnlyList<FieldError> fields) => new(this, fields);

    /// <summary>The same refusal, about one field, with its own code and sentence repeated there.</summary>
    public InvalidError At(string pointer) => new(this, [new FieldError(pointer, Code, Sentence)]);

    private InvalidError(InvalidError original, IReadOnlyList<FieldError> fields) : this(original.Code, original.Detail, original.DetailFr) => _fields = fields;
}

/// <summary>Any other status that an intermediary or a header calls for: 405, 406, 412, 413, 415, 428, 429, 5xx.</summary>
public sealed record ProtocolError(int HttpStatus, string Code, string Detail, string? DetailFr = null) : Error(Code, Detail, DetailFr)
{
    /// <inheritdoc/>
    public override int Status => HttpStatus;
}
