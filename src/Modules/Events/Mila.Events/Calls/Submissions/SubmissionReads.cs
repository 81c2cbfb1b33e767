namespace Mila.Events.Calls.Submissions;

/// <summary>The submissions of a call, some hundreds at most.</summary>
internal static class SubmissionReads
{
    /// <summary>All of a call.</summary>
    public static Task<IReadOnlyList<Submission>> OfCallAsync(this IQuerySession session, Guid callId, CancellationToken ct) =>
        session.Query<Submission>().Where(s => s.CallId == callId).ToListAsync(ct);

    /// <summary>Those of a call in one state.</summary>
    public static Task<IReadOnlyList<Submission>> OfCallAsync(this IQuerySession session, Guid callId, SubmissionStatus status, CancellationToken ct) =>
        session.Query<Submission>().Where(s => s.CallId == callId && s.Status == status).ToListAsync(ct);

    /// <summary>The one of this address that takes part; null when there is none.</summary>
    public static Task<Submission?> OfAddressAsync(this IQuerySession session, Guid callId, string email, CancellationToken ct)
    {
        var key = Submission.EmailKeyOf(callId, email);
        return session.Query<Submission>().FirstOrDefaultAsync(s => s.EmailKey == key, ct);
    }

    /// <summary>Null when no other submission stands in the way of this one. Under the lock of the call.</summary>
    public static async Task<Error?> RefusesAsync(this IQuerySession session, Submission submission, Work work, CancellationToken ct)
    {
        if (await session.OfAddressAsync(submission.CallId, submission.Applicant!.Email, ct) is { } same && same.Id != submission.Id) return SubmissionErrors.AddressTaken;

        var key = Submission.ActKeyOf(submission.CallId, work.Act);
        return await session.Query<Submission>().AnyAsync(s => s.ActKey == key && s.Id != submission.Id, ct) ? SubmissionErrors.ActTaken : null;
    }

    /// <summary>The next number within a call. Under its lock.</summary>
    public static async Task<int> NextNumberAsync(this IQuerySession session, Guid callId, CancellationToken ct) =>
        1 + (await session.Query<Submission>().Where(s => s.CallId == callId).OrderByDescending(s => s.Number).Select(s => s.Number).FirstOrDefaultAsync(ct));

    /// <summary>The call of a submission under its lock, and the submission as it is then; nulls when there is none.</summary>
    public static async Task<(Call? Call, Submission? Submission)> LockedAsync(this IDocumentSession session, Guid submissionId, CancellationToken ct)
    {
        if (await session.LoadAsync<Submission>(submissionId, ct) is not { } before) return (null, null);

        var call = await session.LoadLockedAsync<Call>(before.CallId, ct);
        return (call, await session.LoadAsync<Submission>(submissionId, ct));
    }
}
