using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>A member of a document, as PostgreSQL reads it. Made from typed expressions in our own code only, never from a request.</summary>
internal sealed record JsonPath(IReadOnlyList<string> Segments, Type Type)
{
    /// <summary>The segments in one identifier.</summary>
    public string Name => string.Join('_', Segments);

    /// <summary>The member as text; null when absent.</summary>
    public string Text(string data) => Reach(data) + $" ->> '{Segments[^1]}'";

    /// <summary>The member as JSON.</summary>
    public string Json(string data) => Reach(data) + $" -> '{Segments[^1]}'";

    /// <summary>The member as a text to sort by; empty when absent.</summary>
    public string SortKey(string data) => $"coalesce({Text(data)}, '')";

    public static JsonPath Of<T, TValue>(Expression<Func<T, TValue>> member)
    {
        var segments = new Stack<string>();
        var node = Bare(member.Body);
        var type = node.Type;
        while (node is MemberExpression { Member: PropertyInfo property } access)
        {
            if (property.Name is not "Value" || Nullable.GetUnderlyingType(property.DeclaringType!) is null) segments.Push(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            node = Bare(access.Expression);
        }

        return node is ParameterExpression && segments.Count > 0
            ? new JsonPath([.. segments], Nullable.GetUnderlyingType(type) ?? type)
            : throw new ArgumentException($"{member} is not a member of the document.", nameof(member));
    }

    // A member of one of several kinds is reached by a cast, of which the document knows nothing.
    private static Expression Bare(Expression? node)
    {
        while (node is UnaryExpression { NodeType: ExpressionType.Convert } convert) node = convert.Operand;
        return node!;
    }

    private string Reach(string data) => data + string.Concat(Segments.SkipLast(1).Select(s => $" -> '{s}'"));
}
